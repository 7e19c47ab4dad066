/** Puts a value last in a map and drops the first ones beyond `most`: what was wanted longest ago goes. */
export function keepNewest<Key, T>(map: Map<Key, T>, key: Key, value: T, most: number): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= most) return;
    map.delete(oldest);
  }
}
