// What the packages leave untyped.
declare module "altcha/external";
declare module "altcha/workers/pbkdf2";
declare module "htmx.org";

declare const $altcha: {
  algorithms: Map<string, () => Worker>;
};
