@_exported public import Critics
@_exported public import Divergences
@_exported public import Measures
@_exported public import Transport
@_exported public import TransportGLPK
