internal import COpenBLAS

/// The OpenBLAS library that this program runs with.
public enum OpenBLASLibrary {
  /// Its version, such as `0.3.21`.
  public static var version: String {
    let words = unsafe String(cString: openblas_get_config()).split(separator: " ")
    return words.dropFirst().first.map(String.init) ?? "unknown"
  }

  /// The processor that its kernels were chosen for, such as `Haswell`.
  public static var kernel: String { unsafe String(cString: openblas_get_corename()) }
}
