// Typed events of one document: trigger, status, polarity, time, participants and values (annotate-contract).
#pragma once

#include <memory>
#include <vector>

#include "core/annotation.h"
#include "extract/document.h"
#include "extract/refused.h"
#include "extract/rules.h"
#include "extract/rules_scan.h"

namespace mailuo::extract {

// Thread safety: const methods may be called from any thread, each with its own scan.
class EventExtractor {
 public:
  explicit EventExtractor(std::shared_ptr<const Rules> rules) : rules_(std::move(rules)) {}

  // Appends the events of `document` to `out`, sorted by (trigger, type). Everything in them is final: spans are code
  // points of the article, Event::sentence, Participant::mention and EventTime::date index Document::sentences,
  // mentions and dates. Reads sentences, mentions and dates; needs no tokens. Headline and lead are included,
  // boilerplate is not. `scan` is refilled (buffers are reused between documents); RelationExtractor reads it next.
  // `refused`, if given, gets every candidate that was not reported.
  void Extract(const Document& document, RuleScan& scan, std::vector<Event>& out, RefusedList refused = nullptr) const;

 private:
  std::shared_ptr<const Rules> rules_;
};

}  // namespace mailuo::extract
