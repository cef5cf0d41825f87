/**
 * What the page "not found" has in its head beside what every page has. A host shows it at whatever
 * address was asked for, so its relative links may lead nowhere: a script looks for the folder of the book
 * upwards from there, and until then, and without scripts, a few rules make it readable.
 */
export const notFoundHead = `
    <style id="bare">
      body { max-inline-size: 35rem; margin: 2rem auto; padding-inline: 1rem; font: 1.125rem/1.5 serif; }
    </style>
    <script>
      (async () => {
        for (const parts = location.pathname.split("/"); parts.length > 1; ) {
          parts.pop();
          const folder = parts.join("/") + "/";
          const found = await fetch(folder + "icon.svg").catch(() => null);
          if (!found?.ok || !/svg/.test(found.headers.get("content-type"))) continue;
          document.head.prepend(Object.assign(document.createElement("base"), { href: folder }));
          document.getElementById("bare").remove();
          for (const link of document.querySelectorAll("link[rel=stylesheet]")) {
            link.replaceWith(link.cloneNode());
          }
          return;
        }
      })();
    </script>`;
