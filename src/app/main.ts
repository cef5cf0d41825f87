import { openConsole } from "./console.ts";
import { closeMenus, followContents, joinCodeTabs } from "./contents.ts";
import { startIslands } from "./islands.ts";
import { startLiveMath } from "./liveMath.ts";
import { linkSymbols } from "./symbolLinks.ts";
import { startThemeSwitch } from "./theme.ts";
import { followWideMath } from "./wideMath.ts";

// The labs' stills are drawn with these before any of their scripts has come; each page links its figures' own.
import.meta.glob(["../viz/*.css", "../widgets/*.css"], { eager: true });

startThemeSwitch();
closeMenus();
followContents();
joinCodeTabs();
startLiveMath();
followWideMath();
linkSymbols();
startIslands();
openConsole();
