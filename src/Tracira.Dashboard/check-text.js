// Words that people read stand in src/text.ts and nowhere else: node check-text.js finds those that do not, and fails.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const attributes = new Set(['title', 'label', 'hint', 'placeholder', 'alt', 'aria-label', 'error']);
const speakers = new Set(['toast', 'ApiError']);
const hasWord = text => /\p{L}{2,}/u.test(text);

/** The texts that an expression can come to, such as both sides of a condition. */
function texts(node) {
  if (ts.isParenthesizedExpression(node))
    return texts(node.expression);
  if (ts.isConditionalExpression(node))
    return [...texts(node.whenTrue), ...texts(node.whenFalse)];
  if (ts.isBinaryExpression(node))
    return [ts.SyntaxKind.PlusToken, ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken].includes(node.operatorToken.kind) ? [...texts(node.left), ...texts(node.right)] : texts(node.right);
  if (ts.isStringLiteralLike(node))
    return [node.text];
  if (ts.isTemplateExpression(node))
    return [node.head.text, ...node.templateSpans.flatMap(span => [span.literal.text, ...texts(span.expression)])];
  return [];
}

function findTexts(name, code) {
  const file = ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found = [];
  const note = (node, said) => said.filter(hasWord).forEach(text => found.push(`${name}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${text.trim()}`));
  const visit = node => {
    if (ts.isJsxText(node))
      note(node, [node.text]);
    else if (ts.isJsxExpression(node) && node.expression && !ts.isJsxAttribute(node.parent))
      note(node, texts(node.expression));
    else if (ts.isJsxAttribute(node) && attributes.has(node.name.getText()) && node.initializer)
      note(node, ts.isJsxExpression(node.initializer) ? (node.initializer.expression ? texts(node.initializer.expression) : []) : [node.initializer.text]);
    else if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && speakers.has(node.expression.getText()) && node.arguments?.[0])
      note(node, texts(node.arguments[0]));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const found = readdirSync('src', { recursive: true })
  .filter(name => /\.tsx?$/.test(name) && name !== 'text.ts' && !name.endsWith('.d.ts'))
  .flatMap(name => findTexts(join('src', name), readFileSync(join('src', name), 'utf8')));
if (found.length > 0) {
  console.error(`error: words outside src/text.ts:\n${found.join('\n')}`);
  process.exit(1);
}
