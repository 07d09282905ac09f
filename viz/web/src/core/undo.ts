/**
 * View steps one can take back: named, at most 200, kept with the view. Judgements and loads are not view
 * steps.
 */
import { computed, signal, type ReadonlySignal } from "@preact/signals";

export interface Step {
  /** In words, for the tooltip: "隐藏 3 个". */
  name: string;
  redo: () => void;
  undo: () => void;
}

const MOST = 200;

export class Undo {
  private readonly done = signal<readonly Step[]>([]);
  private readonly undone = signal<readonly Step[]>([]);
  readonly behind: ReadonlySignal<number> = computed(() => this.done.value.length);
  readonly ahead: ReadonlySignal<number> = computed(() => this.undone.value.length);
  readonly last: ReadonlySignal<string> = computed(() => this.done.value.at(-1)?.name ?? "");
  readonly next: ReadonlySignal<string> = computed(() => this.undone.value.at(-1)?.name ?? "");

  /** Do a step and remember it; what was taken back before is gone. */
  do(step: Step): void {
    step.redo();
    this.done.value = [...this.done.peek(), step].slice(-MOST);
    this.undone.value = [];
  }

  /** Take the last step back; false where there is none, which the page says. */
  undo(): boolean {
    const step = this.done.peek().at(-1);
    if (!step) return false;
    step.undo();
    this.done.value = this.done.peek().slice(0, -1);
    this.undone.value = [...this.undone.peek(), step];
    return true;
  }

  redo(): boolean {
    const step = this.undone.peek().at(-1);
    if (!step) return false;
    step.redo();
    this.undone.value = this.undone.peek().slice(0, -1);
    this.done.value = [...this.done.peek(), step];
    return true;
  }

  clear(): void {
    this.done.value = [];
    this.undone.value = [];
  }
}
