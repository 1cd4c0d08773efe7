import { keyMap } from '../client/key-map.ts'
import { Page } from '../ui/layout.tsx'
import type { PageHandler } from '../ui/page.ts'

/** `/help`: the keys. With script the same list opens as a dialog, where they can be switched off. */
export const helpPage: PageHandler = (context) => (
  <Page title="Keys" description="What each key does, and how to switch the keys off." context={context}>
    <h1>Keys</h1>
    <p class="intro">
      Every page works without them, and without script. In a field, every key types. To switch them off,
      press <kbd>?</kbd> or follow the link “Keys” at the foot of any page: the setting is kept in your
      browser.
    </p>
    {keyMap.map(({ title, keys }) => (
      <>
        <h2>{title}</h2>
        <dl class="keys">
          {keys.map(([key, does]) => (
            <>
              <dt>
                {key.split(' ').map((stroke) => (
                  <>
                    <kbd>{stroke}</kbd>{' '}
                  </>
                ))}
              </dt>
              <dd>{does}</dd>
            </>
          ))}
        </dl>
      </>
    ))}
  </Page>
)
