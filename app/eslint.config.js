import vue from 'eslint-plugin-vue'
import ts from 'typescript-eslint'

export default ts.config(
  { ignores: ['dist', 'dev-dist', 'src/api/schema.d.ts'] },
  ...ts.configs.recommended,
  ...vue.configs['flat/essential'],
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: ts.parser } } },
  {
    rules: {
      'vue/multi-word-component-names': 'off',
      // A static style attribute may be written through innerHTML, which the server's CSP refuses.
      'vue/no-static-inline-styles': 'error',
      'vue/no-v-html': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
)
