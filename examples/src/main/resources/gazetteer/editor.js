// Creating, changing and deleting a territory, in the row where it stands.
'use strict';

const Editor = {

  choices: {regions: [], groups: []},

  buttons: function (item, row) {
    const remove = Page.element('button', {type: 'button', class: 'quiet delete', title: 'Delete'}, 'Delete');
    remove.addEventListener('click', function () { Editor.remove(item, remove); });
    return [
      Page.element('button', {
        type: 'button', class: 'quiet edit', onclick: function () { Editor.edit(row(), item.id); }
      }, 'Edit'),
      remove
    ];
  },

  create: function () {
    const body = document.querySelector('#territories tbody');
    if (body.querySelector('tr.editing.new') !== null) {
      return;
    }
    const row = Page.element('tr', {class: 'new'}, '');
    body.insertBefore(row, body.firstChild);
    Editor.form(row, {code: '', name: '', region: null, population: null, gdp: null, literacyPercent: null, groups: []});
  },

  edit: function (row, id) {
    Page.call('GET', 'api/territories/' + id, null, function (territory) {
      Editor.close(row);
      Editor.form(row, territory);
      Activity.poll();
    });
  },

  /** Turns the row into fields, with the groups in a row below. */
  form: function (row, territory) {
    const before = Array.prototype.slice.call(row.childNodes);
    const message = Page.element('span', {class: 'message', role: 'alert'});
    const below = Page.element('tr', {class: 'editing below'}, Page.element('td', {colspan: 9}, [
      Page.element('span', {class: 'groups'}, Editor.groups(territory.groups)),
      Page.element('small', {}, territory.id ? 'version ' + territory.version : ''),
      message
    ]));
    row.classList.add('editing');
    Page.fill(row, [
      Editor.cell('code', territory.code, 'code', 3, 'Code'),
      Editor.cell('name', territory.name, 'name', 100, 'Name'),
      Page.element('td', {}, Editor.regions(territory.region)),
      Editor.cell('population', territory.population, 'number', 19, 'Population'),
      Editor.cell('gdp', territory.gdp, 'number', 20, 'GDP'),
      Editor.cell('literacyPercent', territory.literacyPercent, 'number', 6, 'Literacy'),
      Page.element('td', {colspan: 3, class: 'decide'}, [
        Page.element('button', {
          type: 'button', class: 'primary save',
          onclick: function () { Editor.save(row, below, territory, message); }
        }, territory.id ? 'Save' : 'Create'),
        Page.element('button', {
          type: 'button', class: 'cancel', onclick: function () { Editor.cancel(row, territory, before); }
        }, 'Cancel')
      ])
    ]);
    row.parentNode.insertBefore(below, row.nextSibling);
    row.querySelector(territory.id ? '[name=name]' : '[name=code]').focus();
  },

  cancel: function (row, territory, before) {
    Editor.close(row);
    row.classList.remove('editing');
    if (territory.id) {
      Page.fill(row, before);
    } else {
      row.parentNode.removeChild(row);
    }
  },

  cell: function (name, value, kind, limit, label) {
    return Page.element('td', {class: kind}, Page.element('input', {
      type: 'text', name: name, value: value === null ? '' : value, maxlength: limit, 'aria-label': label,
      placeholder: label
    }));
  },

  regions: function (selected) {
    const select = Page.element('select', {name: 'region', 'aria-label': 'Region'},
      [Page.element('option', {value: ''}, 'no region')].concat(Filter.regionOptions(Editor.choices.regions, false)));
    select.value = selected || '';
    return select;
  },

  groups: function (members) {
    const codes = members.map(function (group) { return group.code; });
    return Editor.choices.groups.map(function (group) {
      return Page.element('label', {class: 'tick'}, [
        Page.element('input', {
          type: 'checkbox', name: 'groups', value: group.code, checked: codes.indexOf(group.code) >= 0
        }),
        ' ' + group.name
      ]);
    });
  },

  /** The row that was opened below this one, if any, goes. */
  close: function (row) {
    const below = row.nextSibling;
    if (below !== null && (below.classList.contains('below') || below.classList.contains('detail'))) {
      below.parentNode.removeChild(below);
    }
  },

  save: function (row, below, territory, message) {
    function text(name) {
      const value = row.querySelector('[name=' + name + ']').value.trim();
      return value === '' ? null : value;
    }
    function number(name) {
      const value = text(name);
      const cleaned = value === null ? null : Number(value.replace(/[\s\u202f,]/g, ''));
      return value !== null && isNaN(cleaned) ? value : cleaned;
    }
    const boxes = Array.prototype.slice.call(below.querySelectorAll('[name=groups]'));
    const form = {
      code: text('code'),
      name: text('name'),
      region: text('region'),
      population: number('population'),
      gdp: number('gdp'),
      literacyPercent: number('literacyPercent'),
      groups: boxes.filter(function (box) { return box.checked; }).map(function (box) { return box.value; })
    };
    if (territory.id) {
      form.version = territory.version;
    }
    Page.call(territory.id ? 'PUT' : 'POST', 'api/territories' + (territory.id ? '/' + territory.id : ''), form,
      function (saved) { Listing.changed = saved.id; Listing.load(); },
      function (problem) { Editor.failed(row, territory, message, problem); });
  },

  failed: function (row, territory, message, problem) {
    Page.fill(message, problem.message);
    Array.prototype.forEach.call(row.querySelectorAll('[name]'), function (input) {
      Page.mark(input, 'wrong', input.name === problem.field);
    });
    if (problem.status === 409 && territory.id) {
      Page.append(message, Page.element('button', {
        type: 'button', class: 'again', onclick: function () { Editor.edit(row, territory.id); }
      }, 'Load again'));
    }
    Activity.poll();
  },

  /** The first click asks, the second deletes. */
  remove: function (item, button) {
    if (!button.classList.contains('sure')) {
      button.classList.add('sure');
      button.textContent = 'Really?';
      setTimeout(function () { button.classList.remove('sure'); button.textContent = 'Delete'; }, 3000);
      return;
    }
    Page.call('DELETE', 'api/territories/' + item.id + '?version=' + item.version, null, function () { Listing.load(); });
  }
};
