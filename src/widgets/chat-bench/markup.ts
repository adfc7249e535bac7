/** An element that a text would become if somebody read it as HTML. */
export interface WouldBe {
  tag: string;
  attributes: readonly { name: string; value: string }[];
  /** Attributes that hold a script: the browser would run it with the rights of the page (HTML, event handlers). */
  scripts: readonly string[];
}

/** Put before the name of an attribute that would be an event handler, so that it is none even where nothing runs. */
const defused = 'data-defused-';

/**
 * What HTML would make of a text. It is read into a document of its own, in which no script runs and nothing is loaded
 * (HTML, “DOMParser”): nothing happens but the reading.
 */
export function readAsHtml(text: string): WouldBe[] {
  const inert = new DOMParser().parseFromString(
    text.replaceAll(/\bon(?=[a-z]+\s*=)/gi, `${defused}on`),
    'text/html',
  );
  return [...inert.body.querySelectorAll('*')].map((element) => {
    const attributes = [...element.attributes].map(({ name, value }) => ({
      name: name.replace(defused, ''),
      value,
    }));
    return {
      tag: element.tagName.toLowerCase(),
      attributes,
      scripts: attributes.filter(({ name }) => name.startsWith('on')).map(({ value }) => value),
    };
  });
}
