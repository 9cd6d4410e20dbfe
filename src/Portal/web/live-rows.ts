// Keeps the cells of [data-live] elements new: rows by data-row, cells by data-cell. The page is complete without it.
// data-code="line": the value is a code, shown with its word from #live-words and the class line-CODE.
// data-age: the value is Unix milliseconds, shown as an age that grows by itself; grey after data-period × 3 seconds.
import { HubConnectionBuilder, HubConnectionState, LogLevel } from "@microsoft/signalr";
import { age } from "./_age";

type Value = string | number | null;
type Start = { topic: string; columns: string[]; keys: string[]; rows: Value[][]; serverTime: number; clockFactor: number };
type Listening = { root: HTMLElement; every: number; columns: string[]; keys: string[] };

const words: Record<string, string> = JSON.parse(document.getElementById("live-words")?.textContent ?? "{}");
const listenings = new Map<string, Listening>();
// Domain time as last told, when that was, and how fast it runs (0 for a stepped clock).
// Before the first telling the page keeps the ages it was rendered with: the browser's clock says nothing of the domain's.
let told = 0;
let toldAt = 0;
let clockFactor = 1;

function tell(serverTime: number): void {
  told = serverTime;
  toldAt = Date.now();
}

for (const root of document.querySelectorAll<HTMLElement>("[data-live]")) {
  const every = Number(root.dataset["every"] ?? 1) * (matchMedia("(max-width: 30rem)").matches ? 5 : 1);
  listenings.set(root.dataset["live"] ?? "", { root, every, columns: [], keys: [] });
}

function rowOf(listening: Listening, key: string): HTMLElement | null {
  const found = listening.root.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`);
  return found ?? (listening.root.dataset["row"] === key ? listening.root : null);
}

function write(cell: HTMLElement, value: Value): void {
  const codes = cell.dataset["code"];
  if (cell.dataset["age"] !== undefined) {
    cell.dataset["at"] = value === null ? "" : String(value);
    showAge(cell);
  } else if (codes !== undefined) {
    const span = document.createElement("span");
    span.className = value === null ? "" : `code ${codes}-${value}`;
    span.textContent = value === null ? "–" : words[`${codes}.${value}`] ?? String(value);
    cell.replaceChildren(span);
  } else if (cell instanceof HTMLMeterElement || cell instanceof HTMLProgressElement) {
    cell.value = Number(value ?? 0);
  } else {
    cell.textContent = value === null ? "–" : String(value);
  }
}

function apply(listening: Listening, row: Value[], flash: boolean): void {
  const element = rowOf(listening, listening.keys[Number(row[0])] ?? "");
  if (element === null) return;
  listening.columns.forEach((column, index) => {
    const value = row[index + 1] ?? null;
    for (const cell of element.querySelectorAll<HTMLElement>(`[data-cell="${column}"]`)) {
      if (cell.dataset["value"] === String(value)) continue;
      cell.dataset["value"] = String(value);
      write(cell, value);
      if (flash) {
        cell.classList.add("fresh");
        setTimeout(() => cell.classList.remove("fresh"), 900);
      }
    }
  });
}

function begin(start: Start): void {
  const listening = listenings.get(start.topic);
  if (listening === undefined) return;
  tell(start.serverTime);
  clockFactor = start.clockFactor;
  const isNewRow = listening.keys.length > 0 && start.keys.some((key) => rowOf(listening, key) === null);
  listening.columns = start.columns;
  listening.keys = start.keys;
  for (const row of start.rows) apply(listening, row, false);
  // A row the page was not rendered with: say so, the reader decides when to reload.
  listening.root.toggleAttribute("data-more", isNewRow);
}

function showAge(cell: HTMLElement): void {
  const at = Number(cell.dataset["at"]);
  if (!at || told === 0) return;
  const seconds = Math.max(0, (told + (Date.now() - toldAt) * clockFactor - at) / 1000);
  const period = Number(cell.dataset["period"] ?? 0);
  const silent = period > 0 && seconds > period * 3;
  cell.textContent = age(seconds, silent, words);
  cell.classList.toggle("aged", silent);
}

const connection = new HubConnectionBuilder()
  .withUrl("/live")
  .withAutomaticReconnect({ nextRetryDelayInMilliseconds: (retry) => Math.min(30_000, 1_000 * 2 ** retry.previousRetryCount) * (0.5 + Math.random()) })
  .configureLogging(LogLevel.Error)
  .build();

connection.on("start", begin);
connection.on("rows", (topic: string, rows: Value[][], serverTime: number) => {
  tell(serverTime);
  const listening = listenings.get(topic);
  if (listening !== undefined) for (const row of rows) apply(listening, row, true);
});

async function listenToAll(): Promise<void> {
  for (const [topic, listening] of listenings) {
    const start = await connection.invoke<Start | null>("Listen", topic, listening.every);
    if (start !== null) begin(start);
  }
  document.body.dataset["live"] = "1";
}

async function connect(): Promise<void> {
  try {
    await connection.start();
    await listenToAll();
  } catch {
    document.body.dataset["live"] = "0";
    if (connection.state === HubConnectionState.Disconnected) setTimeout(() => void connect(), 5_000 + Math.random() * 5_000);
  }
}

connection.onreconnecting(() => { document.body.dataset["live"] = "0"; });
connection.onreconnected(() => void listenToAll());
connection.onclose(() => { document.body.dataset["live"] = "0"; });
setInterval(() => document.querySelectorAll<HTMLElement>("[data-age][data-at]").forEach(showAge), 1_000);
if (listenings.size > 0) void connect();
