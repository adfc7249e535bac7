interface ImportMetaEnv {
  /** Where the sandbox is while the site is developed on a port of its own. */
  readonly PUBLIC_SANDBOX_ORIGIN?: string;
}
