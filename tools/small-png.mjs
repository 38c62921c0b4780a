// A screenshot as a PNG with a palette, a third of the size: pictures of a user interface have few colours.
// @ts-check
import { crc32, deflateSync, inflateSync } from 'node:zlib';

// What a palette could hold, 256, only keeps shades of smoothed letters that nobody sees.
const most = 64;
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * @param {Buffer} picture an opaque screenshot of Chromium's: 8 bits, true colour
 * @returns {Buffer} the same with the most frequent colours; every other pixel has the nearest of them
 */
export function smallPng(picture) {
  const { width, height, colours } = readPng(picture);
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const frequent = [...counts].sort((one, other) => other[1] - one[1]).map(([colour]) => colour);
  const palette = frequent.slice(0, most);
  const indexOf = new Map(
    frequent.map((colour, rank) => [colour, rank < most ? rank : nearest(palette, colour)]),
  );
  // Each line begins with the number of its filter: none.
  const lines = Buffer.alloc((width + 1) * height);
  colours.forEach((colour, at) => {
    lines[at + Math.floor(at / width) + 1] = indexOf.get(colour) ?? 0;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(channels))),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** @param {number} colour @returns {[number, number, number]} */
const channels = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];

/** @param {number[]} palette @param {number} colour */
function nearest(palette, colour) {
  const [r, g, b] = channels(colour);
  const far = palette.map((one) => {
    const [r2, g2, b2] = channels(one);
    return (r - r2) ** 2 + (g - g2) ** 2 + (b - b2) ** 2;
  });
  return far.indexOf(Math.min(...far));
}

/** @param {string} name @param {Buffer} data */
function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** @param {Buffer} picture */
function readPng(picture) {
  const width = picture.readUInt32BE(16);
  const height = picture.readUInt32BE(20);
  const size = { 2: 3, 6: 4 }[picture.readUInt8(25)];
  if (picture.readUInt8(24) !== 8 || size === undefined)
    throw new Error('This PNG is not true colour with 8 bits.');
  const packed = [];
  for (let at = 8; at < picture.length; at += picture.readUInt32BE(at) + 12) {
    const body = picture.subarray(at + 8, at + 8 + picture.readUInt32BE(at));
    if (picture.toString('latin1', at + 4, at + 8) === 'IDAT') packed.push(body);
  }
  const raw = inflateSync(Buffer.concat(packed));
  const stride = width * size;
  let above = Buffer.alloc(stride);
  const colours = new Uint32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw.readUInt8(y * (stride + 1));
    const line = Buffer.from(raw.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)));
    for (let x = 0; x < stride; x += 1) {
      const left = line[x - size] ?? 0;
      const up = above[x] ?? 0;
      line[x] = (line[x] ?? 0) + predicted(filter, left, up, above[x - size] ?? 0);
    }
    for (let x = 0; x < width; x += 1) colours[y * width + x] = line.readUIntBE(x * size, 3);
    above = line;
  }
  return { width, height, colours };
}

/** What PNG's filters foresee for a byte. @param {number} filter @param {number} left @param {number} up @param {number} corner */
function predicted(filter, left, up, corner) {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const [a, b, c] = [left, up, corner].map((one) => Math.abs(left + up - corner - one));
  if (a === undefined || b === undefined || c === undefined) return 0;
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
