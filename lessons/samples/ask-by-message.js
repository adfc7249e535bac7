/** Questions over a socket that has messages only: each has an id, and the answer, or the error, carries it back. */
export function createAsker(send) {
  const waiting = new Map(); // id -> how to settle it
  let lastId = 0;

  return {
    /** Resolves with the answer; rejects with the error that the server named, or when it has taken too long. */
    ask(question, patienceMs = 10_000) {
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => settle(id)?.reject(new Error('no answer in time')), patienceMs);
        waiting.set(id, { resolve, reject, timer });
        send({ ...question, id });
      });
    },

    /** Takes a message of the server; answers whether it was one of these. */
    hear(message) {
      const { type, inReplyTo, code, value } = message;
      if (type !== 'answer' && type !== 'error') return false;
      const one = settle(inReplyTo);
      if (type === 'answer') one?.resolve(value);
      else one?.reject(Object.assign(new Error('the server said no'), { code }));
      return one !== undefined;
    },

    /** The connection is gone: whether a question was taken, nobody knows. */
    lose() {
      for (const id of [...waiting.keys()]) settle(id).reject(new Error('connection lost: outcome unknown'));
    },
  };

  function settle(id) {
    const one = waiting.get(id);
    waiting.delete(id);
    clearTimeout(one?.timer);
    return one;
  }
}
