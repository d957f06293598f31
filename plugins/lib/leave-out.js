'use strict';

/** Takes resources out of a template, and what depends on them off their names. */
module.exports = function leaveOut(template, isUnwanted) {
  const resources = template.Resources;
  const unwanted = Object.keys(resources).filter((id) => isUnwanted(resources[id], id));
  for (const id of unwanted) delete resources[id];
  for (const resource of Object.values(resources)) {
    const kept = [resource.DependsOn ?? []].flat().filter((id) => !unwanted.includes(id));
    if (kept.length > 0) resource.DependsOn = kept;
    else delete resource.DependsOn;
  }
};
