/**
 * The stage: sigma draws discs and lines by WebGL, a flat layer above it the marks (rings, glyphs, labels,
 * hulls).
 */
import { shortCase } from "~/core/format";
import { roleLook } from "~/core/legend";
import Graph from "graphology";
import Sigma from "sigma";
import { layerPlain, pathLine, sdfCircle, sdfSquare, layerFill } from "sigma/rendering";
import { selection } from "~/core/selection";
import type { GEdge, GNode } from "./elements";
import { drawMarks } from "./marks";
import { palette, type Palette } from "./colours";

export type StyleName = "role" | "gang" | "case";
const WHOLE = { x: 0.5, y: 0.5, ratio: 1, angle: 0 };
const THING = 9;
const MARKS_UP_TO = 2_000;
/**
 * Marks the frame that shows the last change in the browser's own timeline; `benchmarks/canvas.py` reads it.
 */
const DRAWN = "canvas-drawn";

export function webglWorks(): boolean {
  try {
    return !!document.createElement("canvas").getContext("webgl2");
  } catch {
    return false;
  }
}

interface Told {
  click: (id: string | null, add: boolean) => void;
  open: (id: string) => void;
  moved: (places: Map<string, readonly [number, number]>) => void;
  lassoed: (ids: string[], add: boolean) => void;
}

export class Stage {
  private graph = new Graph({ type: "directed", multi: true });
  readonly sigma: Sigma;
  private readonly flat: HTMLCanvasElement;
  private colours: Palette = palette();
  private nodes = new Map<string, GNode>();
  private edges: readonly GEdge[] = [];
  private look: StyleName = "role";
  private lasso: { x: number; y: number }[] | null = null;
  private changed = false;
  lassoOn = false;

  constructor(
    box: HTMLElement,
    private readonly told: Told,
  ) {
    this.sigma = new Sigma(this.graph, box, {
      primitives: {
        nodes: { shapes: [sdfCircle(), sdfSquare({ cornerRadius: 0.3 })], layers: [layerFill()] },
        edges: {
          paths: [pathLine()],
          layers: [layerPlain()],
        },
      },
      styles: {
        nodes: {
          x: { attribute: "x" },
          y: { attribute: "y" },
          size: { attribute: "size", defaultValue: 10 },
          color: { attribute: "color", defaultValue: "#888888" },
          shape: { attribute: "shape", defaultValue: "circle" },
          labelVisibility: "hidden",
          cursor: "pointer",
        },
        edges: {
          size: { attribute: "size", defaultValue: 1 },
          color: { attribute: "color", defaultValue: "#888888" },
          labelVisibility: "hidden",
        },
      },
      settings: {
        renderLabels: false,
        enableEdgeEvents: false,
        hideEdgesOnMove: false,
        enableNodeDrag: true,
        allowInvalidContainer: true,
        stagePadding: 60,
        minCameraRatio: 0.02,
        maxCameraRatio: 12,
        itemSizesReference: "screen",
      },
    } as unknown as ConstructorParameters<typeof Sigma>[2]);
    this.flat = document.createElement("canvas");
    this.flat.className = "marks";
    box.append(this.flat);
    this.listen(box);
  }

  kill(): void {
    this.sigma.kill();
    this.flat.remove();
  }

  theme(): void {
    this.colours = palette();
    this.paint();
  }

  /**
   * Draw the model. A graph made anew is taken over at once; changed bit by bit, sigma would index it anew
   * for every bit.
   */
  show(nodes: readonly GNode[], edges: readonly GEdge[], look: StyleName): void {
    const fresh = this.graph.order === 0;
    this.nodes = new Map(nodes.map((node) => [node.id, node]));
    this.edges = edges;
    this.look = look;
    const graph = new Graph({ type: "directed", multi: true });
    for (const node of nodes) graph.addNode(node.id, { ...this.nodeLook(node), x: node.x, y: node.y });
    // Up to here the flat layer draws the lines with dashes and arrows; beyond, plain ones by WebGL.
    if (nodes.length > MARKS_UP_TO)
      for (const edge of edges)
        graph.addEdgeWithKey(edge.key, edge.from, edge.to, { size: 1, color: this.colours.hue(edge.hue) });
    this.graph = graph;
    this.changed = true;
    this.sigma.setGraph(graph);
    if (fresh && nodes.length) this.sigma.getCamera().setState(WHOLE);
  }

  fit(): void {
    void this.sigma.getCamera().animate(WHOLE, { duration: 200 });
  }

  /** Bring an object into view only where it is outside. */
  reveal(id: string): void {
    const data = this.sigma.getNodeDisplayData(id);
    if (!data) return;
    const { x, y } = this.sigma.framedGraphToViewport({ x: data.x, y: data.y });
    const { width, height } = this.sigma.getDimensions();
    if (x < 20 || y < 20 || x > width - 20 || y > height - 20)
      void this.sigma.getCamera().animate({ x: data.x, y: data.y }, { duration: 200 });
  }

  private nodeLook(node: GNode): Record<string, string | number> {
    const person = node.label === "Person";
    const c = this.colours;
    let color = person ? c.role(node.role) : c.ground;
    if (person && this.look === "gang") color = node.gang ? c.group(node.gang) : c.ground;
    if (person && this.look === "case") color = node.caseNo ? c.group(node.caseNo) : c.ground;
    return { size: person ? roleLook(node.role).radius : THING, color, shape: person ? "circle" : "square" };
  }

  paint(): void {
    this.sigma.scheduleRefresh();
  }

  private flatten(): void {
    const { width, height } = this.sigma.getDimensions();
    const dense = devicePixelRatio || 1;
    if (this.flat.width !== Math.round(width * dense) || this.flat.height !== Math.round(height * dense)) {
      this.flat.width = Math.round(width * dense);
      this.flat.height = Math.round(height * dense);
    }
    const pen = this.flat.getContext("2d");
    if (!pen) return;
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    pen.clearRect(0, 0, width, height);
    if (this.nodes.size <= MARKS_UP_TO)
      drawMarks(pen, {
        nodes: this.nodes,
        edges: this.edges,
        colours: this.colours,
        chosen: new Set(selection.peek()),
        width,
        height,
        place: (node) => this.sigma.graphToViewport({ x: node.x, y: node.y }),
        label: (node) =>
          this.look === "case" && node.caseNo ? `${node.caption} ${shortCase(node.caseNo)}` : node.caption,
        fill: (node) => String(this.graph.getNodeAttribute(node.id, "color")),
        radius: (node) => this.sigma.scaleSize(Number(this.graph.getNodeAttribute(node.id, "size"))),
      });
    if (this.lasso) this.drawLasso(pen, this.lasso);
    if (this.changed && this.graph.order) {
      performance.clearMarks(DRAWN);
      performance.mark(DRAWN);
      this.changed = false;
    }
  }

  private drawLasso(pen: CanvasRenderingContext2D, points: readonly { x: number; y: number }[]): void {
    pen.beginPath();
    for (const point of points) pen.lineTo(point.x, point.y);
    pen.closePath();
    pen.strokeStyle = this.colours.accent;
    pen.setLineDash([4, 3]);
    pen.stroke();
    pen.setLineDash([]);
  }

  private listen(box: HTMLElement): void {
    this.sigma.on("afterRender", () => this.flatten());
    this.sigma.on("clickNode", ({ node, event }) =>
      this.told.click(node, (event.original as MouseEvent).shiftKey),
    );
    this.sigma.on("clickStage", () => !this.lassoOn && this.told.click(null, false));
    this.sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
      preventSigmaDefault();
      this.told.open(node);
    });
    this.sigma.on("nodeDragEnd", ({ node }) => {
      const { x, y } = this.graph.getNodeAttributes(node);
      this.told.moved(new Map([[node, [Number(x), Number(y)]]]));
    });
    box.addEventListener("pointerdown", (event) => this.beginLasso(box, event), true);
  }

  private beginLasso(box: HTMLElement, event: PointerEvent): void {
    if (!this.lassoOn || event.button) return;
    event.stopPropagation();
    const frame = box.getBoundingClientRect();
    const at = (e: PointerEvent) => ({ x: e.clientX - frame.left, y: e.clientY - frame.top });
    this.lasso = [at(event)];
    this.sigma.setSettings({ enableCameraPanning: false });
    const move = (e: PointerEvent) => {
      this.lasso?.push(at(e));
      this.flatten();
    };
    const end = (e: PointerEvent) => {
      removeEventListener("pointermove", move);
      const around = this.lasso ?? [];
      this.lasso = null;
      this.sigma.setSettings({ enableCameraPanning: true });
      if (around.length > 2) this.told.lassoed(this.inside(around), e.shiftKey);
      this.flatten();
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", end, { once: true });
  }

  private inside(around: readonly { x: number; y: number }[]): string[] {
    const path = new Path2D();
    for (const point of around) path.lineTo(point.x, point.y);
    path.closePath();
    const pen = this.flat.getContext("2d");
    if (!pen) return [];
    pen.setTransform(1, 0, 0, 1, 0, 0);
    return [...this.nodes.values()]
      .filter((node) => {
        const { x, y } = this.sigma.graphToViewport({ x: node.x, y: node.y });
        return pen.isPointInPath(path, x, y);
      })
      .map((node) => node.id);
  }
}
