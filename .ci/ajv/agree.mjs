// Says whether ajv judges every example and every mutant as the validator of `mvn verify` does.
// usage: node agree.mjs SCHEMAS_V1 CASES_JSONL
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const DIFFERENCES_SHOWN = 10;
const BASE = "https://contracts.invalid/agent-graph/v1/";

const [folder, cases] = process.argv.slice(2);

function load() {
  // A field may be a number or a text (types), and a pattern may stand beside a type that has none (strictTypes).
  const ajv = new Ajv({ strict: true, strictTypes: false, allowUnionTypes: true, allErrors: true });
  addFormats(ajv);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) {
      ajv.addSchema(JSON.parse(readFileSync(join(entry.parentPath ?? entry.path, entry.name), "utf8")));
    }
  }
  return ajv;
}

function judge(ajv, schema, document) {
  const validate = ajv.getSchema(BASE + schema);
  if (!validate) {
    throw new Error(`no schema ${schema}`);
  }
  return validate(document) ? [] : validate.errors;
}

// A tool counts only after it was seen to reject what is wrong, and for the right reason.
function canary(ajv) {
  const known = [
    ["events/agent-handover-event.schema.json", { triggerHandover: "yes" }, "/triggerHandover", "type"],
    ["common/timestamp.schema.json", "2026-02-30T00:00:00Z", "", "format"],
    ["content/message-content.schema.json", { textContent: {}, audioContent: {} }, "", "oneOf"],
    ["events/product.schema.json", { price: -1 }, "/price", "minimum"],
    ["wire/stream-line.schema.json", { result: { response: { sessionId: "s" } }, more: 1 }, "", "additionalProperties"],
  ];
  return known.filter(
    ([schema, document, pointer, keyword]) =>
      !judge(ajv, schema, document).some((error) => error.instancePath === pointer && error.keyword === keyword),
  );
}

const ajv = load();
const blind = canary(ajv);
if (blind.length > 0) {
  console.error(`ajv does not see what is known to be wrong: ${JSON.stringify(blind)}`);
  process.exit(1);
}

const rows = readFileSync(cases, "utf8").trim().split("\n").map((row) => JSON.parse(row));
const differences = rows.filter((row) => (judge(ajv, row.schema, row.document).length === 0) !== row.valid);
for (const row of differences.slice(0, DIFFERENCES_SHOWN)) {
  const errors = judge(ajv, row.schema, row.document).map((error) => `${error.instancePath} ${error.message}`);
  console.error(`${row.what}\n  ${row.schema}: ${JSON.stringify(row.document)}`);
  console.error(`  mvn verify: ${row.valid ? "valid" : "not valid"}; ajv: ${errors.join(", ") || "valid"}`);
}
const invalid = rows.filter((row) => !row.valid).length;
if (differences.length > 0 || invalid === 0 || invalid === rows.length) {
  console.error(`ajv disagrees on ${differences.length} of ${rows.length} documents, ${invalid} of them not valid`);
  process.exit(1);
}
console.log(`ajv agrees on ${rows.length} documents, ${invalid} of them not valid`);
