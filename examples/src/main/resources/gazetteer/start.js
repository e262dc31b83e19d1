// Brings the page to life.
'use strict';

(function () {
  Filter.start(Listing.load);
  Listing.start();
  Activity.start();
  Page.call('GET', 'api/choices', null, function (choices) {
    Editor.choices = choices;
    Filter.choices(choices);
    Filter.restore();
  });
}());
