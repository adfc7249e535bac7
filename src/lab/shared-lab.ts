/** What a lab's id looks like: nothing else is ever asked for. */
const idForm = /^[0-9a-f]{32}$/;

/**
 * The lab that an address invites to, by its fragment `#lab=<id>`. A fragment stays in the browser: it is sent to no
 * server and stands in no log (RFC 3986 §3.5).
 */
export function labInFragment(fragment: string): string | undefined {
  const id = new URLSearchParams(fragment.replace(/^#/, '')).get('lab');
  return id !== null && idForm.test(id) ? id : undefined;
}

/** The address of a page, with an invitation to a lab. */
export function invitation(page: string, id: string): string {
  const address = new URL(page);
  address.hash = `lab=${id}`;
  return address.href;
}
