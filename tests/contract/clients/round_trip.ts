// A claim logged, read, changed and listed by the types that openapi-typescript has written.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

declare const process: { argv: string[] };

const [site = "", secrets = "{}"] = process.argv.slice(2);
const tokens = JSON.parse(secrets) as Record<string, string>;
const words = "the port is unlikely to reopen before March";
const coder = createClient<paths, "application/json">({ baseUrl: site, headers: { Authorization: `Token ${tokens["coder"]}` } });

function told<T>(answer: { data?: T; error?: unknown }): T {
  if (answer.data === undefined) throw new Error(JSON.stringify(answer.error));
  return answer.data;
}

function hold(truth: boolean, what: string): void {
  if (!truth) throw new Error(what);
}

const body: components["schemas"]["ClaimBody"] = {
  source: { url: "https://example.org/typescript", title: "Harbour talks" },
  snapshot: { text: `Now ${words}, she said.` },
  quotation: { exact: words, said_on: "2026-11-01" },
  speaker: { person: "Ada Script" },
  proposition: {
    statement: "The port reopens before 1 March 2027, says the script.",
    criteria: "The port authority announces regular traffic.",
    deadline: "2027-02-28",
  },
  kind: "forecast",
  hedge: "unlikely",
};

const made = told(await coder.POST("/api/v1/claims/", { body }));
const path = { key: String(made.id) };
const read = await coder.GET("/api/v1/claims/{key}/", { params: { path } });
hold(told(read).quotation.exact === words, "the claim reads as it was logged");

const header = { "If-Match": read.response.headers.get("ETag") ?? "" };
const change = { note: "Said twice.", reason: "Her second interview." };
const patch = { params: { path, header }, body: change };
const changed = told(await coder.PATCH("/api/v1/claims/{key}/", patch));
hold(changed.note === change.note, "the claim is changed");
const late = await coder.PATCH("/api/v1/claims/{key}/", patch);
hold(late.response.status === 412, "a second change of the same state is refused");

const person = made.speaker.person;
if (person === null) throw new Error("the speaker is a person");
const page = told(await coder.GET("/api/v1/claims/", { params: { query: { speaker: person.slug } } }));
hold(page.results.some((one) => one.id === made.id), "the list has the claim");
