/** 用途: stated once, one click to change; every read, query and export is logged under it. */
import { useState } from "preact/hooks";
import { words, type Both } from "~/core/i18n";
import { purpose, recentPurposes, setPurpose } from "~/core/purpose";
import { Icon } from "~/parts/Icon";
import { Menu, MenuItem } from "~/parts/Menu";

const w = words({
  label: (text: string): Both => [`用途：${text}`, `Purpose: ${text}`],
  none: ["未填写", "not stated"],
  ask: ["查询事由（将写入审计记录）", "Purpose (goes to the audit log)"],
  set: ["使用", "Use"],
  example: ["如：0417 案侦查", "such as: inquiry into case 0417"],
});

export function PurposeMenu() {
  const [text, setText] = useState("");
  const use = (event: Event) => {
    event.preventDefault();
    if (!text.trim()) return;
    setPurpose(text);
    setText("");
    (document.activeElement as HTMLElement | null)?.blur();
    document.dispatchEvent(new MouseEvent("mousedown"));
  };
  return (
    <Menu
      title={w.ask}
      on={false}
      stay
      label={
        <span class="row" style={{ gap: "6px" }}>
          <Icon name="target-arrow" />
          <span class={`cut${purpose.value ? "" : " warn"}`} style={{ maxWidth: "160px" }}>
            {w.label(purpose.value || w.none)}
          </span>
        </span>
      }
    >
      <form onSubmit={use} style={{ padding: "8px", width: "280px" }}>
        <label class="field-label" for="purpose-text">
          {w.ask}
        </label>
        <div class="row">
          <input
            id="purpose-text"
            class="field"
            maxLength={100}
            autocomplete="off"
            placeholder={w.example}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <button class="button big" type="submit" disabled={!text.trim()}>
            {w.set}
          </button>
        </div>
      </form>
      {recentPurposes.value.map((each) => (
        <MenuItem key={each} onClick={() => setPurpose(each)}>
          <Icon name={each === purpose.value ? "check" : "history"} />
          <span class="cut">{each}</span>
        </MenuItem>
      ))}
    </Menu>
  );
}
