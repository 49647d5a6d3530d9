/**
 * Lets a place be chosen while its name is typed: an ARIA combobox with a list below it. What is sent is the place's code; without this the form is sent as it was
 * typed, and the server offers what it may mean.
 */
interface Found {
  code: string;
  name: string;
  within: string;
}

const wait = 150;
let count = 0;

document.addEventListener("focusin", (e) => {
  const input = e.target as HTMLInputElement;
  if (input.dataset?.places && !input.getAttribute("role")) begin(input);
});

function begin(input: HTMLInputElement): void {
  const list = document.createElement("ul");
  const told = document.createElement("span");
  const field = input.closest(".field") as HTMLElement;
  list.id = `places-${++count}`;
  list.className = "places";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.querySelector("span")?.textContent ?? "");
  told.className = "unseen";
  told.setAttribute("role", "status");
  field.after(list, told);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);

  let timer = 0;
  let asked = 0;
  let at = -1;
  let found: Found[] = [];

  function show(open: boolean): void {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) point(-1);
  }

  function point(to: number): void {
    at = to;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === to)));
    if (to < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", list.children[to].id);
      list.children[to].scrollIntoView({ block: "nearest" });
    }
  }

  function choose(place: Found): void {
    input.value = place.code;
    name(place);
    show(false);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function name(place: Found): void {
    const hint = field.querySelector("small");
    if (hint) hint.textContent = [place.within, place.name].filter(Boolean).join(" ");
  }

  function draw(): void {
    list.replaceChildren(...found.map((place, i) => {
      const option = document.createElement("li");
      const where = document.createElement("small");
      option.id = `${list.id}-${i}`;
      option.setAttribute("role", "option");
      option.textContent = `${place.name} `;
      where.textContent = [place.within, place.code].filter(Boolean).join(" · ");
      option.append(where);
      // The field keeps the focus.
      option.addEventListener("mousedown", (e) => {
        e.preventDefault();
        choose(place);
      });
      return option;
    }));
    list.style.left = `${input.offsetLeft}px`;
    list.style.top = `${input.offsetTop + input.offsetHeight}px`;
    list.style.minWidth = `${input.offsetWidth}px`;
    told.textContent = (input.dataset.places ?? "").replace("{0}", String(found.length));
    at = -1;
    // A whole code asks nothing more: its name is said, and nothing covers what comes next.
    const whole = found.find((place) => place.code === input.value.trim());
    if (whole) name(whole);
    show(!whole && found.length > 0 && document.activeElement === input);
  }

  async function ask(): Promise<void> {
    const typed = input.value.trim();
    const mine = ++asked;
    if (!typed) {
      show(false);
      return;
    }
    const answer = await fetch(`/api/registers/places/find?q=${encodeURIComponent(typed)}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    found = ((await answer.json()) as { items: Found[] }).items;
    if (mine === asked) draw();
  }

  input.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), wait);
  });
  input.addEventListener("blur", () => show(false));
  input.addEventListener("keydown", (e) => {
    if (list.hidden) {
      if (e.key === "ArrowDown" && input.value) void ask();
      return;
    }
    const last = found.length - 1;
    if (e.key === "ArrowDown") point(at < last ? at + 1 : 0);
    else if (e.key === "ArrowUp") point(at > 0 ? at - 1 : last);
    else if (e.key === "Enter" && at >= 0) choose(found[at]);
    else if (e.key === "Escape") show(false);
    else return;
    e.preventDefault();
  });
}
