// What the packages leave untyped.
declare module "altcha/external";
declare module "altcha/workers/pbkdf2";
declare module "htmx.org" {
  const htmx: { process(element: Element): void };
  export default htmx;
}

declare const $altcha: {
  algorithms: Map<string, () => Worker>;
};
