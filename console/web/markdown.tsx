import { marked, type Token, type Tokens } from 'marked';
import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { forPipeline } from './pipeline-text.ts';
import { safe } from './safe-link.ts';

export interface MarkdownProps {
  readonly text: string;
  /** Returns the new URL of a link. If the function returns undefined, the link becomes plain text. */
  readonly link?: (href: string) => string | undefined;
  /** Elements below a code block, such as a button that runs a query. */
  readonly afterCode?: (code: string, language: string) => ComponentChildren;
}

/** Shows HTML as text. Links lead to the console, or to http and https URLs. */
export function Markdown({ text, link = (href) => href, afterCode }: MarkdownProps) {
  const tokens = marked.lexer(forPipeline(text));
  return <div class="markdown">{blocks(tokens, { link, afterCode })}</div>;
}

type Context = Required<Pick<MarkdownProps, 'link'>> & { readonly afterCode: MarkdownProps['afterCode'] };

function blocks(tokens: readonly Token[], context: Context): ComponentChildren {
  return tokens.map((token, index) => <Block key={index} token={token} context={context} />);
}

function Block({ token, context }: { readonly token: Token; readonly context: Context }): JSX.Element | null {
  switch (token.type) {
    case 'heading': {
      const { depth, tokens = [] } = token as Tokens.Heading;
      const Heading = `h${Math.min(depth, 6)}` as 'h1';
      return <Heading>{inline(tokens, context)}</Heading>;
    }
    case 'paragraph':
      return <p>{inline((token as Tokens.Paragraph).tokens, context)}</p>;
    case 'text': {
      const { tokens, text } = token as Tokens.Text;
      return <>{tokens ? inline(tokens, context) : text}</>;
    }
    case 'code': {
      const { text, lang = '' } = token as Tokens.Code;
      return <Code code={text} language={lang} below={context.afterCode?.(text, lang)} />;
    }
    case 'blockquote':
      return <blockquote>{blocks((token as Tokens.Blockquote).tokens, context)}</blockquote>;
    case 'list': {
      const { ordered, start, items } = token as Tokens.List;
      const children = items.map((item, index) => <li key={index}>{blocks(item.tokens, context)}</li>);
      return ordered ? <ol start={Number(start) || 1}>{children}</ol> : <ul>{children}</ul>;
    }
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls with the arrow keys.
        <div class="scroll" tabIndex={0}>
          <table>
            <thead>
              <tr>
                {header.map((cell, index) => (
                  <th key={index}>{inline(cell.tokens, context)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <tr key={index}>
                  {row.map((cell, column) => (
                    <td key={column}>{inline(cell.tokens, context)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    }
    case 'hr':
      return <hr />;
    case 'space':
    case 'def':
      return null;
    default:
      return <p>{token.raw}</p>;
  }
}

function inline(tokens: readonly Token[], context: Context): ComponentChildren {
  return tokens.map((token, index) => <Inline key={index} token={token} context={context} />);
}

function Inline({ token, context }: { readonly token: Token; readonly context: Context }): JSX.Element {
  switch (token.type) {
    case 'strong':
      return <strong>{inline((token as Tokens.Strong).tokens, context)}</strong>;
    case 'em':
      return <em>{inline((token as Tokens.Em).tokens, context)}</em>;
    case 'del':
      return <del>{inline((token as Tokens.Del).tokens, context)}</del>;
    case 'codespan':
      return <code>{(token as Tokens.Codespan).text}</code>;
    case 'br':
      return <br />;
    case 'escape':
      return <>{(token as Tokens.Escape).text}</>;
    case 'text': {
      const { tokens, text } = token as Tokens.Text;
      return <>{tokens ? inline(tokens, context) : text}</>;
    }
    case 'link': {
      const { href, tokens } = token as Tokens.Link;
      const target = safe(context.link(href));
      const children = inline(tokens, context);
      return target === undefined ? <span>{children}</span> : <Link href={target}>{children}</Link>;
    }
    default:
      return <>{token.raw}</>;
  }
}

function Link({ href, children }: { readonly href: string; readonly children: ComponentChildren }) {
  const isOwn = href.startsWith('/') || href.startsWith('#');
  return isOwn ? (
    <a href={href}>{children}</a>
  ) : (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
      <NewTab />
    </a>
  );
}

/** Marks a link that opens a new tab. */
export function NewTab() {
  return (
    <>
      <span aria-hidden="true"> ↗</span>
      <span class="visually-hidden"> (opens a new tab)</span>
    </>
  );
}

interface CodeProps {
  readonly code: string;
  readonly language: string;
  readonly below?: ComponentChildren;
}

export function Code({ code, language, below }: CodeProps) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(code);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <div class="code">
      <pre>
        <code data-language={language}>{code}</code>
      </pre>
      <button type="button" class="copy" onClick={copy}>
        {copied ? 'Copied' : 'Copy'}
      </button>
      {below}
    </div>
  );
}
