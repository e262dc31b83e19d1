// What every part of the page uses: making elements, asking the service, writing numbers.
// The page keeps to plain functions and XMLHttpRequest, so that any browser of the last ten years can run it.
'use strict';

const Page = {

  /** Makes an element: text or elements inside, "on..." attributes are listeners. */
  element: function (tag, attributes, inside) {
    const element = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      const value = attributes[name];
      if (name.indexOf('on') === 0) {
        element.addEventListener(name.substring(2), value);
      } else if (value !== null && value !== undefined && value !== false) {
        element.setAttribute(name, value === true ? '' : String(value));
      }
    });
    Page.fill(element, inside);
    return element;
  },

  /** Replaces what is inside an element. */
  fill: function (element, inside) {
    element.textContent = '';
    Page.append(element, inside);
  },

  append: function (element, inside) {
    if (inside === null || inside === undefined) {
      return;
    }
    if (Array.isArray(inside)) {
      inside.forEach(function (part) { Page.append(element, part); });
    } else if (typeof inside === 'object') {
      element.appendChild(inside);
    } else {
      element.appendChild(document.createTextNode(String(inside)));
    }
  },

  /** Gives an element a class or takes it away. */
  mark: function (element, name, on) {
    if (on) {
      element.classList.add(name);
    } else {
      element.classList.remove(name);
    }
  },

  byId: function (id) {
    return document.getElementById(id);
  },

  /** Calls the service; then(answer) on success, failed(problem) otherwise. */
  call: function (method, path, body, then, failed) {
    const request = new XMLHttpRequest();
    const started = Date.now();
    request.open(method, path);
    request.setRequestHeader('Accept', 'application/json');
    request.onload = function () {
      const answer = request.responseText ? JSON.parse(request.responseText) : null;
      if (request.status >= 200 && request.status < 300) {
        then(answer, Date.now() - started);
      } else {
        (failed || Page.showProblem)(answer || {status: request.status, message: 'The request failed'});
      }
    };
    request.onerror = function () {
      (failed || Page.showProblem)({status: 0, message: 'This instance of the application does not answer'});
    };
    if (body === null) {
      request.send();
    } else {
      request.setRequestHeader('Content-Type', 'application/json');
      request.send(JSON.stringify(body));
    }
    return request;
  },

  showProblem: function (problem) {
    const place = Page.byId('problem');
    place.textContent = problem.message;
    place.hidden = false;
  },

  hideProblem: function () {
    Page.byId('problem').hidden = true;
  },

  /** 84119100 as "84 119 100", with narrow spaces. */
  grouped: function (number) {
    return number === null ? '–' : String(number).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
  },

  /** 84119100 as "84.1 M". */
  short: function (number) {
    if (number === null) {
      return '–';
    }
    const units = [[1e12, ' T'], [1e9, ' bn'], [1e6, ' M'], [1e3, ' k']];
    for (let i = 0; i < units.length; i++) {
      if (number >= units[i][0]) {
        const scaled = number / units[i][0];
        return scaled.toFixed(scaled < 100 ? 1 : 0) + units[i][1];
      }
    }
    return String(Math.round(number));
  },

  millis: function (millis) {
    return (millis < 10 ? millis.toFixed(2) : millis < 100 ? millis.toFixed(1) : millis.toFixed(0)) + ' ms';
  },

  plural: function (count, one, many) {
    return count + ' ' + (count === 1 ? one : many || one + 's');
  }
};
