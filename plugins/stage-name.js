'use strict';

const NAME = /^(?!bridge$)[a-z][a-z0-9]{0,27}$/;

/**
 * Rights, alarms and removal go by names of the form `calcutta-SERVICE-STAGE-…`. With a dash in it, or
 * as the end of a service's name, a stage's name would take in what is another's; longer, a function's
 * would pass the 64 characters of Lambda. The command `calcutta` says the same (cli/calcutta/stages.py).
 */
class StageName {
  constructor(serverless) {
    const stage = serverless.getProvider('aws').getStage();
    if (NAME.test(stage)) return;
    throw new serverless.classes.Error(
      `"${stage}" cannot be the name of a stage: lower-case letters and digits, at most 28, and ` +
        'a letter first.'
    );
  }
}

module.exports = StageName;
