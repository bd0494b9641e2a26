/** What electron-builder makes of the built shell; `npm run dist`, docs/PACKAGING.md. */
import type { Configuration } from 'electron-builder'
import { packagedFiles, readLock } from './packaged-files.ts'

const configuration: Configuration = {
  appId: 'cn.zugongtai.desk',
  productName: '镇街组工台',
  // Paths with Chinese in them trip up enough tools; what a person sees is the product's name all the same.
  executableName: 'zugongtai',
  copyright: '',
  artifactName: '${name}-${version}-${os}-${arch}.${ext}',
  directories: { output: 'dist/packages', buildResources: 'build/icons' },
  extraMetadata: {
    homepage: process.env['ZGT_HOMEPAGE'] ?? 'https://zugongtai.invalid/',
    // Electron takes it for the window's class, by which a Linux desktop finds the icon.
    desktopName: 'zugongtai.desktop',
  },
  files: packagedFiles(readLock()),
  // Nothing else of a package leaves the archive with its binary: outside of it no hash protects a script.
  asar: { smartUnpack: false },
  // A shared library is opened by the system, which cannot look into an archive.
  asarUnpack: ['node_modules/better-sqlite3/prebuilds/*.node'],
  // The addon is Node-API and comes compiled: there is nothing to rebuild, and no compiler on the build machine.
  npmRebuild: false,
  nodeGypRebuild: false,
  electronLanguages: ['zh-CN', 'en-US'],
  // The program looks for no updates by itself.
  publish: null,
  electronFuses: {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableCookieEncryption: true,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  },
  win: {
    target: [
      { target: 'nsis', arch: ['x64'] },
      { target: 'zip', arch: ['x64'] },
    ],
    icon: 'build/icons/icon.ico',
    // Office accounts are no administrators.
    requestedExecutionLevel: 'asInvoker',
  },
  nsis: {
    artifactName: '${name}-${version}-setup-${arch}.${ext}',
    oneClick: false,
    perMachine: false,
    allowElevation: false,
    packElevateHelper: false,
    allowToChangeInstallationDirectory: true,
    // Personnel data is never deleted by removing a program.
    deleteAppDataOnUninstall: false,
    differentialPackage: false,
    installerLanguages: ['zh_CN'],
    language: '2052',
    shortcutName: '镇街组工台',
    uninstallDisplayName: '镇街组工台 ${version}',
  },
  linux: {
    target: [
      { target: 'AppImage', arch: ['x64', 'arm64'] },
      { target: 'deb', arch: ['x64', 'arm64'] },
      { target: 'tar.gz', arch: ['x64', 'arm64'] },
    ],
    icon: 'build/icons',
    category: 'Office',
    synopsis: '镇街组工台',
    description: '镇街组工干部的离线工作台：干部信息、谈心谈话、报送市级端',
    maintainer: process.env['ZGT_MAINTAINER'] ?? 'zugongtai <zugongtai@zugongtai.invalid>',
    syncDesktopName: true,
    desktop: { entry: { 'Name[en]': 'Zugongtai', 'StartupWMClass': 'zugongtai' } },
  },
  deb: { artifactName: '${name}_${version}_${arch}.${ext}' },
}

export default configuration
