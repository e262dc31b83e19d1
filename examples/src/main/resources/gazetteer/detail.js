// All that is known of one territory, opened below its row. Its names in other languages can be changed there.
'use strict';

const Detail = {

  toggle: function (row, id) {
    const below = row.nextSibling;
    if (below !== null && below.classList.contains('detail')) {
      Editor.close(row);
      return;
    }
    Page.call('GET', 'api/territories/' + id, null, function (territory) {
      Editor.close(row);
      const place = Page.element('td', {colspan: 9});
      row.parentNode.insertBefore(Page.element('tr', {class: 'detail', 'data-of': territory.code}, place), row.nextSibling);
      Detail.show(place, territory);
      Activity.poll();
    });
  },

  show: function (place, territory) {
    Page.fill(place, Page.element('div', {class: 'facts'}, [
      Detail.part('Languages', territory.languages.slice(0, 12).map(Detail.language), 'languages'),
      Detail.part('Currencies', territory.currencies.map(Detail.currency), 'currencies'),
      Detail.part('Member of', territory.groups.map(function (group) {
        return Page.element('span', {class: 'chip small'}, group.name);
      })),
      Detail.part(Page.plural(territory.timeZones.length, 'time zone'), territory.timeZones.slice(0, 8).join(', ')),
      Detail.part(Page.plural(territory.subdivisions.length, 'subdivision'), Detail.subdivisions(territory.subdivisions), 'parts'),
      Detail.part('Last change', territory.updatedAt === null ? 'never'
        : territory.updatedAt.replace('T', ' ').replace(/\.\d+/, '') + ', version ' + territory.version),
      Detail.part('What it is called elsewhere', territory.names.map(function (name) {
        return Detail.name(place, territory, name);
      }), 'names')
    ]));
  },

  part: function (title, inside, kind) {
    return Page.element('section', {class: kind || null}, [
      Page.element('h3', {}, title),
      inside.length === 0 ? Page.element('span', {class: 'muted'}, '–') : inside
    ]);
  },

  language: function (language) {
    return Page.element('div', {class: 'bar'}, [
      Page.element('span', {class: 'label'}, [language.name,
        Page.element('small', {}, language.status ? language.status.replace(/_/g, ' ') : '')]),
      Page.element('span', {class: 'track'}, Page.element('i', {style: 'width:' + Math.min(100, language.percent) + '%'})),
      Page.element('span', {class: 'value'}, language.percent + ' %')
    ]);
  },

  currency: function (currency) {
    return Page.element('div', {class: currency.to === null ? 'period' : 'period past'}, [
      Page.element('b', {}, currency.code), ' ' + currency.name,
      Page.element('small', {}, (currency.from || '…') + ' – ' + (currency.to || 'today'))
    ]);
  },

  subdivisions: function (parts) {
    const names = parts.filter(function (part) { return part.name !== null && part.in === null; })
      .map(function (part) { return part.name; });
    return names.length <= 24 ? names.join(', ') : names.slice(0, 24).join(', ') + ' …';
  },

  name: function (place, territory, name) {
    const button = Page.element('button', {
      type: 'button', class: 'named', 'data-locale': name.locale, title: 'Change what it is called in ' + name.language,
      onclick: function () { Detail.rename(place, territory, name, button); }
    }, [Page.element('small', {}, name.language), Page.element('bdi', {}, name.name)]);
    return button;
  },

  rename: function (place, territory, name, button) {
    const input = Page.element('input', {type: 'text', name: 'localName', value: name.name, maxlength: 100});
    const form = Page.element('form', {
      class: 'named', onsubmit: function (event) {
        event.preventDefault();
        Page.call('PUT', 'api/territories/' + territory.id + '/names/' + name.locale,
          {name: input.value, version: name.version},
          function (changed) { Detail.show(place, changed); Activity.poll(); },
          function (problem) { Page.fill(message, problem.message); Activity.poll(); });
      }
    });
    const message = Page.element('span', {class: 'message', role: 'alert'});
    Page.fill(form, [Page.element('small', {}, name.language), input,
      Page.element('button', {type: 'submit', class: 'primary'}, 'Save'), message]);
    button.parentNode.replaceChild(form, button);
    input.focus();
  }
};
