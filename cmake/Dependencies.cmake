# Every library of the product. scripts/install-deps names the Debian packages in the same order.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(fmt 9 REQUIRED CONFIG)
find_package(spdlog 1.10 REQUIRED CONFIG)
find_package(tl-expected REQUIRED CONFIG)
find_package(RocksDB 7.8 REQUIRED CONFIG)          # Debian: RocksDB::rocksdb-shared (RTTI is on)
find_package(ICU 72 REQUIRED COMPONENTS uc i18n data)
find_package(CLI11 2.1 REQUIRED CONFIG)
find_package(ZLIB REQUIRED)
pkg_check_modules(GUMBO REQUIRED IMPORTED_TARGET gumbo)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
# The programs' allocator: of less work than libc's where many threads make and free small things. Nothing needs it, and
# sanitizers bring their own.
pkg_check_modules(JEMALLOC IMPORTED_TARGET jemalloc)
add_library(mailuo_allocator INTERFACE)
if(JEMALLOC_FOUND AND NOT MAILUO_SANITIZE)
  target_link_libraries(mailuo_allocator INTERFACE PkgConfig::JEMALLOC)
elseif(NOT MAILUO_SANITIZE)
  message(STATUS "jemalloc is not installed (scripts/install-deps): ingest takes some 10 % more time")
endif()
# Its cflags are part of its ABI: CPPHTTPLIB_OPENSSL_SUPPORT puts a member into Request.
pkg_check_modules(HTTPLIB REQUIRED IMPORTED_TARGET cpp-httplib)
# Header-only here: XXH_INLINE_ALL, nothing to link.
find_path(XXHASH_INCLUDE xxhash.h REQUIRED)
add_library(xxhash::headers INTERFACE IMPORTED)
target_include_directories(xxhash::headers SYSTEM INTERFACE ${XXHASH_INCLUDE})
# Debian's RapidJSON config sets a variable, no target.
find_path(RAPIDJSON_INCLUDE rapidjson/document.h REQUIRED)
add_library(rapidjson::headers INTERFACE IMPORTED)
target_include_directories(rapidjson::headers SYSTEM INTERFACE ${RAPIDJSON_INCLUDE})
target_compile_definitions(rapidjson::headers INTERFACE RAPIDJSON_HAS_STDSTRING=1)
if(MAILUO_SANITIZE)
  # RapidJSON 1.1's empty stack adds an offset to a null pointer before it compares it (internal/stack.h, Reserve).
  target_compile_options(rapidjson::headers INTERFACE -fno-sanitize=pointer-overflow)
endif()
if(MAILUO_BUILD_TESTS)
  find_package(Catch2 2.13 REQUIRED CONFIG)        # Catch2::Catch2WithMain is a prebuilt static library in Debian
  include(Catch)
endif()
