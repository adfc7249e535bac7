// Called before each attempt: the address, with a token in it that is still good.
export async function freshAddress(address, tokenAddress) {
  const answer = await fetch(tokenAddress, { method: 'POST' });
  if (!answer.ok) throw new Error(`no token: ${answer.status}`);
  const fresh = new URL(address);
  fresh.searchParams.set('token', (await answer.json()).token);
  return fresh.href;
}
