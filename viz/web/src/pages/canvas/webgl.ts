/** Whether this machine draws by WebGL; thin clients and remote desktops often do not. */
export function webglWorks(): boolean {
  try {
    return !!document.createElement("canvas").getContext("webgl2");
  } catch {
    return false;
  }
}
