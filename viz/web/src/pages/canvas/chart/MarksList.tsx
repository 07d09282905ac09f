/** What is drawn by hand as a list: for the keyboard, for screen readers, and to find a mark again. */
import { Icon } from "~/parts/Icon";
import { captionIn, type CanvasState } from "../state";
import { type Drawing, placeIn } from "./acts";
import { TOOLS } from "./ChartBar";
import { type Mark, rectOf } from "./marks";
import { KIND_WORDS, w } from "./words";

export function MarksList({ state, drawing }: { state: CanvasState; drawing: Drawing }) {
  const { model, chart } = state;
  const { marks } = model.hand.value;
  if (!marks.length) return null;
  const place = placeIn(state);
  const lost = marks.filter((mark) => !rectOf(mark, place)).length;
  return (
    <section class="marks-list" aria-label={w.list}>
      <h3>
        {w.list} {marks.length}
      </h3>
      {lost > 0 && <p class="small warn">{w.lostN(lost)}</p>}
      <ul>
        {marks.map((mark) => (
          <li key={mark.id}>
            <button
              type="button"
              class="link"
              aria-pressed={chart.picked.value.includes(mark.id)}
              onClick={(event) => drawing.pick(mark.id, event.shiftKey)}
              onDblClick={() => drawing.edit(mark.id)}
            >
              <Icon name={TOOLS.find(([kind]) => kind === mark.kind)?.[1] ?? "edit"} size={14} />{" "}
              <span class="kind">{KIND_WORDS[mark.kind]()}</span>{" "}
              <span class="cut">{mark.text || w.noText}</span>
            </button>
            <span class="t3 small">{heldBy(mark, state)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The same rows where the canvas stands as a table. */
export function MarksTable({ state }: { state: CanvasState }) {
  const { marks } = state.model.hand.value;
  if (!marks.length) return null;
  return (
    <table>
      <thead>
        <tr>
          <th>{w.list}</th>
          <th>{w.text}</th>
          <th>{w.object}</th>
        </tr>
      </thead>
      <tbody>
        {marks.map((mark) => (
          <tr key={mark.id}>
            <td>{KIND_WORDS[mark.kind]()}</td>
            <td>{mark.text}</td>
            <td>{heldBy(mark, state)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a mark hangs on: an object, or a text drawn by hand. */
function heldBy({ kind, on, to }: Mark, { model }: CanvasState): string {
  const named = (id: string | null) => {
    const mark = id && model.hand.peek().marks.find((each) => each.id === id);
    return id ? (mark ? mark.text || KIND_WORDS[mark.kind]() : captionIn(model, id)) : "…";
  };
  if (kind === "arrow" && (on || to)) return w.fromTo(named(on), named(to));
  return on ? w.onObject(named(on)) : "";
}
