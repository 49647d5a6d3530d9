/**
 * Makes a part of the page as the server drew it again, changing only the nodes that differ: what has the focus keeps it, what was opened stays
 * open, what is being written stays written, and nothing flickers. Elements are matched by their id, others by their place among those of their name.
 */
export function morph(from: Element, to: Element, changed: (element: Element) => void): void {
  if (from.isEqualNode(to)) return;
  if (isKept(from)) return;
  attributes(from, to);
  children(from, to, changed);
}

/** Islands draw themselves; a form in which something was written is left to whoever writes. */
function isKept(element: Element): boolean {
  if (element.hasAttribute("data-island") || element.id === "live") return true;
  return element.tagName === "FORM" && isWritten(element as HTMLFormElement);
}

export function isWritten(form: HTMLFormElement): boolean {
  return [...form.elements].some((field) => {
    if (field === field.ownerDocument.activeElement && field.tagName !== "BUTTON") return true;
    const input = field as HTMLInputElement;
    if (field.tagName === "SELECT") return [...(field as unknown as HTMLSelectElement).options].some((o) => o.selected !== o.defaultSelected && (o.defaultSelected || o.index > 0));
    if (field.tagName !== "INPUT" && field.tagName !== "TEXTAREA") return false;
    if (input.type === "checkbox" || input.type === "radio") return input.checked !== input.defaultChecked;
    return input.type !== "hidden" && input.value !== input.defaultValue;
  });
}

function attributes(from: Element, to: Element): void {
  for (const { name } of [...from.attributes]) if (!to.hasAttribute(name) && !(name === "open" && from.tagName === "DETAILS")) from.removeAttribute(name);
  for (const { name, value } of [...to.attributes]) {
    if (name === "open" && from.tagName === "DETAILS") continue;
    if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
}

function children(from: Element, to: Element, changed: (element: Element) => void): void {
  const named = new Map<string, Element>();
  for (const child of from.children) if (child.id) named.set(child.id, child);
  let at: ChildNode | null = from.firstChild;
  for (const next of [...to.childNodes]) {
    const match = find(at, next, named) ?? ahead(at, next);
    if (!match) {
      from.insertBefore(from.ownerDocument.importNode(next, true), at);
      continue;
    }
    if (match !== at) from.insertBefore(match, at);
    else at = at.nextSibling;
    if (match.nodeType === 1) morph(match as Element, next as Element, changed);
    else if (match.nodeValue !== next.nodeValue) {
      match.nodeValue = next.nodeValue;
      if (next.nodeValue?.trim()) changed(from);
    }
  }
  while (at) {
    const gone: ChildNode = at;
    at = at.nextSibling;
    gone.remove();
  }
}

/** What stood between is gone in the new page: the next of the kind is taken, so that it keeps what it holds. */
function ahead(at: ChildNode | null, next: ChildNode): ChildNode | null {
  if (next.nodeType !== 1 || (next as Element).id) return null;
  for (let sibling = at?.nextSibling ?? null, far = 0; sibling && far < 4; sibling = sibling.nextSibling, far++) {
    if (sibling.nodeName !== next.nodeName || (sibling as Element).id) continue;
    return sibling.isEqualNode(next) ? sibling : null;
  }
  return null;
}

function find(at: ChildNode | null, next: ChildNode, named: Map<string, Element>): ChildNode | null {
  if (next.nodeType === 1 && (next as Element).id) return named.get((next as Element).id) ?? null;
  if (!at || at.nodeType !== next.nodeType || at.nodeName !== next.nodeName) return null;
  return at.nodeType === 1 && (at as Element).id ? null : at;
}
