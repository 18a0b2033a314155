// What the packages leave untyped.
declare module "altcha/external";
declare module "altcha/workers/pbkdf2";
declare module "htmx.org" {
  interface Ask {
    target: Element;
    select: string;
    swap: string;
    headers: Record<string, string>;
  }
  const htmx: { process(element: Element): void; ajax(verb: string, path: string, ask: Ask): Promise<void> };
  export default htmx;
}

declare const $altcha: {
  algorithms: Map<string, () => Worker>;
};
