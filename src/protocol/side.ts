/** Either peer of a connection (RFC 6455 §1.2 calls both endpoints). */
export type Side = 'client' | 'server';
