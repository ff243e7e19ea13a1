// What a Reader stands on: one state of the engine.
#pragma once

#include <memory>

#include "store/contribution.h"
#include "store/engine.h"

namespace mailuo::store::internal {

class View {
 public:
  View(std::shared_ptr<const EngineView> engine, NameFolder folder) : engine_(std::move(engine)), fold_name_(folder) {}
  const EngineView& engine() const { return *engine_; }
  NameFolder fold_name() const { return fold_name_; }

 private:
  std::shared_ptr<const EngineView> engine_;
  NameFolder fold_name_;
};

}  // namespace mailuo::store::internal
