/** Above what two dimensions carry, sigma draws discs and lines by WebGL, below the layer of names. */
import Graph from "graphology";
import Sigma from "sigma";
import { layerFill, layerPlain, pathLine, sdfCircle, sdfSquare } from "sigma/rendering";
import type { Palette } from "./colours";
import type { GEdge, GNode } from "./elements";
import type { Bounds, Lens } from "./lens";
import type { Point } from "./scene";

const WHOLE = { x: 0.5, y: 0.5, ratio: 1, angle: 0 };
const SMALL = 0.3; // of the radius a disc has among few

export class BigLens implements Lens {
  private readonly sigma: Sigma;

  constructor(box: HTMLElement, drawn: () => void) {
    this.sigma = new Sigma(new Graph(), box, {
      primitives: {
        nodes: { shapes: [sdfCircle(), sdfSquare({ cornerRadius: 0.3 })], layers: [layerFill()] },
        edges: { paths: [pathLine()], layers: [layerPlain()] },
      },
      styles: {
        nodes: {
          x: { attribute: "x" },
          y: { attribute: "y" },
          size: { attribute: "size", defaultValue: 4 },
          color: { attribute: "color", defaultValue: "#888888" },
          shape: { attribute: "shape", defaultValue: "circle" },
          labelVisibility: "hidden",
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
        enableNodeDrag: false,
        allowInvalidContainer: true,
        stagePadding: 60,
        minCameraRatio: 0.02,
        maxCameraRatio: 12,
        itemSizesReference: "screen",
      },
    } as unknown as ConstructorParameters<typeof Sigma>[2]);
    this.sigma.on("afterRender", drawn);
  }

  get unit(): number {
    const [a, b] = [this.onScreen(0, 0), this.onScreen(100, 0)];
    return Math.hypot(a.x - b.x, a.y - b.y) / 100;
  }

  /**
   * A graph made anew is taken over at once; changed bit by bit, sigma would index it anew for every bit.
   */
  show(
    nodes: readonly GNode[],
    edges: readonly GEdge[],
    colours: Palette,
    fill: (node: GNode) => string,
    size: (node: GNode) => number,
  ): void {
    const graph = new Graph({ type: "directed", multi: true });
    for (const node of nodes)
      graph.addNode(node.id, {
        x: node.x,
        y: node.y,
        size: SMALL * size(node),
        color: fill(node),
        shape: node.label === "Person" ? "circle" : "square",
      });
    for (const edge of edges)
      graph.addEdgeWithKey(edge.key, edge.from, edge.to, { size: 1, color: colours.hue(edge.hue) });
    this.sigma.setGraph(graph);
  }

  radius(size: number): number {
    return this.sigma.scaleSize(SMALL * size);
  }

  onScreen(x: number, y: number): Point {
    return this.sigma.graphToViewport({ x, y });
  }

  inGraph(x: number, y: number): Point {
    return this.sigma.viewportToGraph({ x, y });
  }

  zoom(factor: number, around?: Point): void {
    const camera = this.sigma.getCamera();
    const { width, height } = this.sigma.getDimensions();
    const point = around ?? { x: width / 2, y: height / 2 };
    camera.setState(this.sigma.getViewportZoomedState(point, camera.getState().ratio / factor));
  }

  pan(dx: number, dy: number): void {
    const camera = this.sigma.getCamera();
    const [from, to] = [
      { x: 0, y: 0 },
      { x: dx, y: dy },
    ].map((at) => this.sigma.viewportToFramedGraph(at));
    if (from && to)
      camera.setState({ x: camera.getState().x + from.x - to.x, y: camera.getState().y + from.y - to.y });
  }

  centre(x: number, y: number): void {
    const { width, height } = this.sigma.getDimensions();
    const at = this.onScreen(x, y);
    this.pan(width / 2 - at.x, height / 2 - at.y);
  }

  fit(_bounds: Bounds, _bottom: number): void {
    this.sigma.getCamera().setState(WHOLE);
  }

  refresh(): void {
    this.sigma.scheduleRefresh();
  }

  kill(): void {
    this.sigma.kill();
  }
}
