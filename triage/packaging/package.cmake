# The Debian package: cmake -DPRESET=release -DLINECHECK_PACKAGE=ON -DCMAKE_INSTALL_PREFIX=/usr, then cpack -G DEB.
file(STRINGS ${CMAKE_SOURCE_DIR}/triage/commands.list COMMANDS REGEX "^C\\(")
file(STRINGS ${CMAKE_SOURCE_DIR}/triage/case_verbs.list CASE_VERBS REGEX "^V\\(")
file(STRINGS ${CMAKE_SOURCE_DIR}/triage/lines_verbs.list LINES_VERBS REGEX "^L\\(")
foreach(list COMMANDS CASE_VERBS LINES_VERBS)
	list(TRANSFORM ${list} REPLACE "^.\\(([a-z_0-9]+)\\).*" "\\1")
	list(TRANSFORM ${list} REPLACE "_" "-")
endforeach()
set(man_commands ${COMMANDS})
list(JOIN COMMANDS " " COMMANDS)
list(JOIN CASE_VERBS " " CASE_VERBS)
list(JOIN LINES_VERBS " " LINES_VERBS)
set(made ${CMAKE_BINARY_DIR}/packaging)
configure_file(${CMAKE_SOURCE_DIR}/triage/packaging/linecheck.bash ${made}/linecheck @ONLY)
add_custom_command(OUTPUT ${made}/linecheck.1.gz
	COMMAND ${CMAKE_SOURCE_DIR}/triage/packaging/man $<TARGET_FILE:linecheck> ${man_commands} > ${made}/linecheck.1
	COMMAND gzip -9nf ${made}/linecheck.1
	DEPENDS linecheck ${CMAKE_SOURCE_DIR}/triage/packaging/man VERBATIM)
add_custom_target(manual ALL DEPENDS ${made}/linecheck.1.gz)

install(FILES ${made}/linecheck.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${made}/linecheck DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
# for a forensic unit and the other side's expert
install(FILES ${CMAKE_SOURCE_DIR}/triage/court/check.sh ${CMAKE_SOURCE_DIR}/triage/court/checking.html DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY ${CMAKE_SOURCE_DIR}/tests/validation/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/validation FILES_MATCHING PATTERN "*.csv" PATTERN "*.html"
	PATTERN "README.md")
install(FILES ${CMAKE_SOURCE_DIR}/triage/packaging/training-refused DESTINATION ${CMAKE_INSTALL_DATADIR}/linecheck)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME linecheck)
set(CPACK_PACKAGE_VENDOR linecheck)
set(CPACK_PACKAGE_CONTACT "the makers of linecheck <linecheck@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "what a child's phone has to do with known county lines")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "fonts-noto-core, fonts-wqy-zenhei")
include(CPack)
