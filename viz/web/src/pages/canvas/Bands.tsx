/** What has to be said above the canvas: what failed, what is under way, what is folded or left out. */
import { Band } from "~/parts/states";
import { ChartChanged } from "./chart/ChartChanged";
import { forcing, stopForcing } from "./forcing";
import type { CanvasState } from "./state";
import { w } from "./words";

export function Bands({ state, webgl }: { state: CanvasState; webgl: boolean }) {
  const error = state.error.value;
  const { folds, cut } = state.drawn.value;
  return (
    <>
      {error && <Band kind="bad">{`${error.title} ${error.detail} ${error.code}`}</Band>}
      {!webgl && <Band>{w.noWebgl}</Band>}
      {forcing.value !== null && (
        <Band>
          {w.forcing(Math.round(100 * forcing.value))}{" "}
          <button type="button" class="link" onClick={stopForcing}>
            {w.stopForcing}
          </button>
        </Band>
      )}
      {state.left.value && (
        <Band kind="warn">
          {state.left.value}{" "}
          <button type="button" class="link" onClick={() => (state.left.value = null)}>
            {w.understood}
          </button>
        </Band>
      )}
      <ChartChanged state={state} />
      {folds > 0 && (
        <Band kind="warn">
          {w.folded(state.model.nodes.size, folds)}
          {cut > 0 && ` ${w.thin(cut)}`}
        </Band>
      )}
    </>
  );
}
