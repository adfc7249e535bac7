// What any long calculation does to a page: until it returns, no event handler runs and no timer fires.
export function blockThePage(milliseconds) {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}
