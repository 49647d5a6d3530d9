import { buffersOf, graphOf, type Columns, type Graph } from "./data.ts";
import { layoutOf, type Layout } from "./layout.ts";

/** What the worker is asked: where the columns are. */
export interface Asked {
  address: string;
}

/** What it answers: everything that is drawn, or that it failed. Times are milliseconds. */
export type Answer = { graph: Graph; layout: Layout; fetched: number; laidOut: number } | { failed: string };

onmessage = async (message: MessageEvent<Asked>) => {
  try {
    const began = performance.now();
    const answer = await fetch(message.data.address, { credentials: "same-origin", headers: { Accept: "application/json" } });
    if (!answer.ok)
      throw new Error(String(answer.status));
    const graph = graphOf((await answer.json()) as Columns);
    const fetched = performance.now();
    const layout = layoutOf(graph);
    const done: Answer = { graph, layout, fetched: fetched - began, laidOut: performance.now() - fetched };
    postMessage(done, { transfer: [...buffersOf(graph), ...buffersOf(layout)] });
  } catch (error) {
    const failed: Answer = { failed: error instanceof Error ? error.message : "?" };
    postMessage(failed);
  }
};
