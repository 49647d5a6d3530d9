/** How the page looks now: what was chosen, else as the device. */
export function isDark(): boolean {
  const chosen = document.documentElement.dataset.bsTheme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

/** Calls when light, dark or the wall was chosen, and when the device changes from one to the other. */
export function onLook(act: () => void): void {
  new MutationObserver(act).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme", "data-mode"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", act);
}

/**
 * Lets the links that change the look do so at once: the address is asked, so that the choice is kept, and the page takes on the look and the menu of the answer;
 * what is open and drawn stays. Where that fails, and with any key held, the link is followed.
 */
export function switchLooks(): void {
  document.addEventListener("click", (e) => {
    const link = (e.target as Element).closest<HTMLAnchorElement>("[data-menu=mode] a[href*='mode=']:not([hreflang])");
    if (!link || e.defaultPrevented || e.button !== 0 || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    e.preventDefault();
    void take(link.href).catch(() => location.assign(link.href));
  });
}

async function take(address: string): Promise<void> {
  const answer = await fetch(address, { headers: { Accept: "text/html" }, cache: "no-store", redirect: "error" });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [root, next] = [document.documentElement, page.documentElement];
  const [menu, made] = [document.querySelector("[data-menu=mode]"), page.querySelector("[data-menu=mode]")];
  if (!next.dataset.mode || !menu || !made) throw new Error("no look");
  history.replaceState(history.state, "", address);
  root.dataset.mode = next.dataset.mode;
  if (next.dataset.bsTheme) root.dataset.bsTheme = next.dataset.bsTheme;
  else delete root.dataset.bsTheme;
  menu.replaceWith(document.importNode(made, true));
  document.querySelector<HTMLElement>("[data-menu=mode] summary")?.focus();
}
