import { createElement, Fragment, type ReactNode } from 'react';
import { t } from '../text';

// The server renders Markdown to HTML that can do nothing. Nobody has to take its word for it: of that HTML only what is listed here is
// made anew, element by element, and nothing of it is ever written into the page as HTML.
const elements = new Set([
  'p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code', 'em', 'strong', 'del', 'sub', 'sup', 'ins', 'mark', 'a',
  'table', 'thead', 'tbody', 'tr', 'th', 'td', 'input',
]);

interface Policy {
  createHTML: (html: string) => string;
}

const trusted = (window as unknown as { trustedTypes?: { createPolicy: (name: string, rules: Policy) => Policy } }).trustedTypes
  ?.createPolicy('tracira', { createHTML: html => html }); // into a document of its own that runs nothing

function make(node: Node, key: number): ReactNode {
  if (node.nodeType === Node.TEXT_NODE)
    return node.textContent;
  if (!(node instanceof Element))
    return null;
  const name = node.localName;
  const children = [...node.childNodes].map(make);
  if (!elements.has(name))
    return <Fragment key={key}>{children}</Fragment>;
  if (name === 'input') // of a task list
    return <input key={key} type="checkbox" disabled checked={node.hasAttribute('checked')} aria-label={t.log.taskItem} readOnly />;
  if (name === 'br' || name === 'hr')
    return createElement(name, { key });
  if (name === 'a') {
    const href = node.getAttribute('href') ?? '';
    return /^(https?:|mailto:)/i.test(href) ? <a key={key} href={href} target="_blank" rel="noreferrer noopener nofollow">{children}</a> : <span key={key}>{children}</span>;
  }
  // A heading of an output stands below those of the page.
  const shown = /^h[1-6]$/.test(name) ? `h${Math.min(6, Number(name[1]) + 2)}` : name;
  return createElement(shown, { key, ...(shown === 'pre' ? { tabIndex: 0 } : {}) }, ...children);
}

export function SafeHtml({ html }: { html: string }) {
  const parsed = new DOMParser().parseFromString((trusted ? trusted.createHTML(html) : html) as string, 'text/html');
  return <div className="prose text-[0.9375rem] leading-6">{[...parsed.body.childNodes].map(make)}</div>;
}
