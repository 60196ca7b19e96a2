/** Where the ink of an image balances. */

/**
 * The centre of mass of `pixels` (row-major, `width` columns, any non-negative unit), in pixels from the left and top
 * edge, so that a lone pixel at column 0 has x = 0.5; null when there is no ink.
 */
export function centreOfMass(pixels: ArrayLike<number>, width: number): { x: number; y: number } | null {
  let mass = 0;
  let momentX = 0;
  let momentY = 0;
  for (let i = 0; i < pixels.length; i++) {
    const ink = pixels[i] ?? 0;
    mass += ink;
    momentX += ink * ((i % width) + 0.5);
    momentY += ink * (Math.floor(i / width) + 0.5);
  }
  return mass > 0 ? { x: momentX / mass, y: momentY / mass } : null;
}
