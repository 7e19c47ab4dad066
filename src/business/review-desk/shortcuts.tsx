import { Disclosure } from "#src/ui/box/disclosure.tsx";

const WORDS = {
  j: "下一行（也可以用 ↓）",
  k: "上一行（也可以用 ↑）",
  a: "到审核决定",
  n: "下一件",
} as const;

/**
 * Says which keys the page knows. Shown only where the script that makes them work has run; they can be
 * switched off there, for people whose speech or hands press keys unasked (WCAG 2.1.4).
 */
export function Shortcuts({ keys }: { keys: readonly (keyof typeof WORDS)[] }) {
  return (
    <div data-shortcuts hidden>
      <Disclosure summary="键盘快捷键">
        <ul>
          {keys.map((key) => (
            <li key={key}>
              <kbd>{key}</kbd> {WORDS[key]}
            </li>
          ))}
        </ul>
        <p class="quiet">光标在填写框里时不起作用。</p>
        <p>
          <button type="button" class="button" data-shortcuts-switch>
            关闭快捷键
          </button>
        </p>
      </Disclosure>
    </div>
  );
}
