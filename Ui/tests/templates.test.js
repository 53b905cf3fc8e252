import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";

const templates = new URL("../wwwroot/templates/", import.meta.url);
const declarations = new URL("../types/templates.d.ts", import.meta.url);

test("The declared parts of the templates are those in the markup", () => {
  const expected = declared(readdirSync(templates).sort().map((file) => readFileSync(new URL(file, templates), "utf8")).join(""));
  if (process.env.UPDATE_TEMPLATES) {
    writeFileSync(declarations, expected);
  }
  assert.equal(readFileSync(declarations, "utf8"), expected, "Update the file: UPDATE_TEMPLATES=1 npm test");
});

function declared(markup) {
  const interfaces = [...markup.matchAll(/<template id="([^"]+)">(.*?)<\/template>/gs)].map(([, id, content]) => {
    const parts = [...content.matchAll(/<([a-z0-9]+)\b[^>]*?\sdata-ref="([^"]+)"/g)];
    return `  "${id}": {\n${parts.map(([, tag, name]) => `    "${name}": ${typeOf(tag)};\n`).join("")}  };\n`;
  });
  return `// The elements with data-ref in each template. Update: UPDATE_TEMPLATES=1 npm test\n\ninterface Templates {\n${interfaces.join("")}}\n`;
}

const typeOf = (tag) => `${tag === "path" ? "SVG" : "HTML"}ElementTagNameMap["${tag}"]`;
