internal import CGLPK

/// The GLPK library that this program runs with.
public enum GLPKLibrary {
  /// Its version, such as `5.0`.
  public static var version: String { unsafe String(cString: glp_version()) }
}
