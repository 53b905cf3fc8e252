import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["wwwroot/assets/vendor/**", "bin/**", "obj/**"] },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      // Text from the server is set as text, never as markup.
      "no-restricted-properties": ["error", { property: "innerHTML" }, { property: "outerHTML" }, { property: "insertAdjacentHTML" }],
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
    },
  },
  { files: ["wwwroot/assets/**/*.js"], languageOptions: { globals: globals.browser } },
  { files: ["*.js", "tests/**/*.js"], languageOptions: { globals: { ...globals.node, location: "readonly" } } },
];
