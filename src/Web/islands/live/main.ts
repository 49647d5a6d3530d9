import { switchLooks } from "../look";
import { morph } from "./morph";

/** Loads the page again when the server says that something has changed, and says plainly when it cannot. */
interface Told {
  at: string;
  spread: number;
}

switchLooks();
const sign = document.getElementById("live");
if (sign?.dataset.live && "EventSource" in window) listen(sign, sign.dataset.live);

function listen(sign: HTMLElement, address: string): void {
  /** Without a word for so long the line is broken, whatever the browser thinks: the server speaks every 15 seconds. */
  const silence = 40_000;
  /** A line that comes back within this was never lost. */
  const grace = 4_000;
  const words = sign.querySelector("span") as HTMLSpanElement;
  const data = sign.dataset as Record<string, string>;
  let asOf = /\d\d:\d\d:\d\d/.exec(words.textContent ?? "")?.[0] ?? "";
  let source: EventSource;
  let heard = Date.now();
  let stale = false;
  let loading = false;
  let waiting = 0;
  let broken = 0;
  let out = false;

  function show(state: string, text: string): void {
    sign.className = `live ${state}`;
    sign.setAttribute("aria-live", state === "on" ? "off" : "polite");
    if (words.textContent !== text) words.textContent = text;
  }

  function fresh(at: string): void {
    asOf = at;
    show("on", data.asOf.replace("{0}", at));
  }

  function open(): void {
    source?.close();
    source = new EventSource(address);
    source.addEventListener("alive", (e) => hear(JSON.parse((e as MessageEvent<string>).data) as Told, false));
    source.addEventListener("changed", (e) => hear(JSON.parse((e as MessageEvent<string>).data) as Told, true));
    source.onerror = () => {
      if (!broken && !out) broken = window.setTimeout(lost, grace);
    };
  }

  function hear(told: Told, changed: boolean): void {
    heard = Date.now();
    window.clearTimeout(broken);
    broken = 0;
    const back = sign.classList.contains("lost");
    if (back) {
      show("back", data.back);
      stale = true;
      load(told.spread);
    } else if (changed || stale) {
      stale = true;
      load(told.spread);
    } else if (!loading) fresh(told.at);
  }

  function lost(): void {
    if (out) return;
    show("lost", data.lost.replace("{0}", asOf));
    document.documentElement.classList.add("disconnected");
    if (source.readyState === EventSource.CLOSED) window.setTimeout(open, 5_000 + Math.random() * 5_000);
    broken = 0;
  }

  function load(spread: number): void {
    if (waiting || loading || document.hidden) return;
    waiting = window.setTimeout(() => {
      waiting = 0;
      void again();
    }, Math.random() * spread);
  }

  async function again(): Promise<void> {
    loading = true;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "manual", cache: "no-store" });
      if (answer.type === "opaqueredirect" || answer.status === 401) {
        out = true;
        source.close();
        show("lost", data.out);
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const [now, next] = [document.querySelector("main"), page.querySelector("main")];
      if (!now || !next) return;
      stale = false;
      morph(now, next, mark);
      document.documentElement.classList.remove("disconnected");
      fresh(/\d\d:\d\d:\d\d/.exec(page.getElementById("live")?.textContent ?? "")?.[0] ?? asOf);
      document.dispatchEvent(new CustomEvent("qipan:live"));
    } catch {
      lost();
    } finally {
      loading = false;
    }
  }

  /** A number that is another one now is marked for a moment. */
  function mark(element: Element): void {
    element.classList.add("fresh");
    window.setTimeout(() => element.classList.remove("fresh"), 1_600);
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && stale) load(200);
  });
  window.addEventListener("pagehide", () => source.close());
  window.addEventListener("pageshow", (e) => {
    if (e.persisted) {
      stale = true;
      open();
    }
  });
  window.setInterval(() => {
    if (!out && Date.now() - heard > silence) {
      lost();
      heard = Date.now();
      open();
    }
  }, 5_000);
  open();
}
