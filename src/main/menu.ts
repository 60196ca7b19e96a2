/** The native menu, in the language of the app. Undo is not in it: the pad has its own, and the keys must reach the page. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { AppContract } from '../shared/contract.ts';
import type { Language, Settings } from '../shared/domain/app.ts';
import { resolveLanguage } from '../shared/i18n/language.ts';
import type { Emitter } from '../shared/rpc/emitter.ts';
import { menuTexts } from './menu-texts.ts';

/** Shows the menu and keeps it in the language that is set. */
export function setUpMenu(settings: Settings, events: Emitter<AppContract>): void {
  const show = ({ language }: Settings): void => {
    const template = menuTemplate(resolveLanguage(language, app.getPreferredSystemLanguages()));
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  };
  show(settings);
  events.on('settingsChanged', show);
}

function menuTemplate(language: Language): MenuItemConstructorOptions[] {
  const text = menuTexts[language];
  return [
    { label: text.file, submenu: [{ role: 'quit', label: text.quit }] },
    {
      label: text.edit,
      submenu: [
        { role: 'cut', label: text.cut },
        { role: 'copy', label: text.copy },
        { role: 'paste', label: text.paste },
        { role: 'selectAll', label: text.selectAll },
      ],
    },
    {
      label: text.view,
      submenu: [
        { role: 'resetZoom', label: text.actualSize },
        { role: 'zoomIn', label: text.zoomIn },
        { role: 'zoomOut', label: text.zoomOut },
        { role: 'togglefullscreen', label: text.fullScreen },
      ],
    },
    {
      label: text.window,
      submenu: [
        { role: 'minimize', label: text.minimize },
        { role: 'close', label: text.close },
      ],
    },
    { label: text.help, submenu: [{ role: 'about', label: text.about }] },
  ];
}
