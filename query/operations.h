// Operations of users on entities, asked for by names: what is checked here is what only the engine can know (who is
// meant, and whether an entity bears a name); the journal and its own checks are the store's (store/operations.h).
//
// Answers: kUnknownEntity and kAmbiguousEntity for names, kBadParameter, kNotFound (no such operation), kConflict (an
// earlier operation is in the way; the detail names it).
#pragma once

#include "query/engine.h"
#include "query/requests.h"
#include "query/results.h"

namespace mailuo::store {
class Store;
}

namespace mailuo::query {

// Thread safety: every method may be called from any thread.
class Operator {
 public:
  // Both must outlive the operator; `engine` reads `store`, which is open for writing.
  Operator(const Engine& engine, store::Store& store) : engine_(engine), store_(store) {}

  // Two entities of one type are one: `with` joins `entity`, which keeps its id and name.
  Answer<OperationResult> Merge(const MergeRequest& request) const;
  // What fitting articles call `entity` is another one: a known entity or a new one.
  Answer<OperationResult> Split(const SplitRequest& request) const;
  Answer<OperationResult> Undo(const UndoRequest& request) const;

 private:
  const Engine& engine_;
  store::Store& store_;
};

}  // namespace mailuo::query
