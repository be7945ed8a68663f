# Made k3_many_layers.keras and .io.json with Keras 3.15.1, numpy backend: KERAS_BACKEND=numpy python k3_many_layers.py FOLDER
import json, sys
import keras, numpy as np
from keras import layers as L
random = np.random.RandomState(7)
i=keras.Input((12,4),name='input')
x=L.GRU(5,return_sequences=True,reset_after=False,name='gru_a')(i)
x=L.Bidirectional(L.LSTM(3,return_sequences=True,name='inner'),merge_mode='sum',name='bi')(x)
x=L.Bidirectional(L.GRU(3,return_sequences=True,name='there'),backward_layer=L.GRU(3,return_sequences=True,go_backwards=True,activation='elu',name='back'),name='uneven')(x)
x=L.LeakyReLU(negative_slope=0.2,name='leaky')(x)
x=L.TimeDistributed(L.Dense(4,activation='selu',name='td_dense'),name='td')(x)
x=L.Add(name='add')([x,i])
x=L.Activation('gelu',name='act')(x)
x=L.Flatten(name='flat')(x)
x=L.Dense(24,activation='relu',kernel_regularizer=keras.regularizers.L1L2(1e-3,1e-4),name='d1')(x)
x=L.Dropout(0.1,name='drop')(x)
x=L.GaussianNoise(0.1,name='noise')(x)
x=L.Reshape((12,2),name='resh')(x)
x=L.LSTM(4,return_sequences=True,go_backwards=True,recurrent_activation='tanh',use_bias=False,name='lstm_z',activity_regularizer=keras.regularizers.L1(1e-3))(x)
x=L.BatchNormalization(name='bn',epsilon=1e-4)(x)
m=keras.Model(i,x,name='ManyLayers')
m.set_weights([random.uniform(0.1 if w.name == 'moving_variance' else -0.5, 0.5, w.shape) for w in m.weights])
out=sys.argv[1]
m.save(out+'/k3_many_layers.keras')
X=random.rand(3,12,4).astype('float32'); Y=np.asarray(m(X,training=False))
json.dump({'x':[float(v) for v in X.ravel()],'shape_in':list(X.shape),'y':[float(v) for v in Y.ravel()],'shape_out':list(Y.shape)},open(out+'/k3_many_layers.io.json','w'))
