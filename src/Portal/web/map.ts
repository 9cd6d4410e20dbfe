// Makes a drawn map movable: Leaflet without tiles over the page's own route, corridor, track and marks.
// The drawing made on the server stays where scripts do not run; a table says the same in words.
import L from "leaflet";
import "leaflet/dist/leaflet.css";

type Point = [number, number];
type Mark = { at: Point; name: string; address: string; state: string };
type Shown = { route: Point[]; corridorMetres: number; track: Point[]; marks: Mark[] };

function colour(element: Element, name: string): string {
  return getComputedStyle(element).getPropertyValue(name).trim() || "#1f6f54";
}

function metresPerPixel(map: L.Map): number {
  const size = map.getSize();
  const left = map.containerPointToLatLng([0, size.y / 2]);
  return left.distanceTo(map.containerPointToLatLng([100, size.y / 2])) / 100;
}

function draw(figure: HTMLElement): void {
  const shown = JSON.parse(figure.querySelector("script")?.textContent ?? "null") as Shown | null;
  if (shown === null) return;
  const place = document.createElement("div");
  place.className = "map";
  figure.querySelector("svg")?.replaceWith(place);
  const map = L.map(place, { attributionControl: false, zoomSnap: 0.25 });
  L.control.scale({ imperial: false }).addTo(map);
  const everything = L.latLngBounds([...shown.route, ...shown.track, ...shown.marks.map((mark) => mark.at)]);
  map.fitBounds(everything.pad(0.1), { maxZoom: 16 });
  if (shown.route.length > 1) {
    const corridor = L.polyline(shown.route, { color: colour(figure, "--accent"), opacity: 0.2, lineCap: "butt", interactive: false }).addTo(map);
    const widen = (): void => { corridor.setStyle({ weight: Math.max(3, (2 * shown.corridorMetres) / metresPerPixel(map)) }); };
    map.on("zoomend", widen);
    widen();
    L.polyline(shown.route, { color: colour(figure, "--soft"), weight: 2, dashArray: "6 6", interactive: false }).addTo(map);
  }
  if (shown.track.length > 1) L.polyline(shown.track, { color: colour(figure, "--accent"), weight: 3, interactive: false }).addTo(map);
  for (const mark of shown.marks) {
    const text = document.createElement("a");
    text.href = mark.address;
    text.textContent = mark.name;
    L.circleMarker(mark.at, { radius: 8, color: colour(figure, "--accent"), fillOpacity: 0.8, className: `state-${mark.state}` }).bindPopup(text).addTo(map);
  }
}

document.querySelectorAll<HTMLElement>("[data-map]").forEach(draw);
